import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { Secret } from './secret.ts';
import { makeVault } from './vault.ts';

const place = { table: 'defaults', id: '7', field: 'password', boundTo: { host: 'one', port: 1 } };
const hostile = 'p#$a:s "s\'\\`ü😀 <%41>';

describe( 'the vault', () => {
	test( 'gives back every byte of a hostile password', () => {
		const vault = makeVault( [ randomBytes( 32 ) ] );
		const sealed = vault.seal( new Secret( hostile ), place );
		expect( JSON.stringify( sealed ) ).not.toContain( 'p#$a' );
		expect( vault.open( JSON.parse( JSON.stringify( sealed ) ), place ).reveal() ).toBe( hostile );
	} );

	test( 'never seals the same secret to the same bytes', () => {
		const vault = makeVault( [ randomBytes( 32 ) ] );
		expect( vault.seal( new Secret( 'x' ), place ).ct + vault.seal( new Secret( 'x' ), place ).iv ).not.toBe(
			vault.seal( new Secret( 'x' ), place ).ct + vault.seal( new Secret( 'x' ), place ).iv
		);
	} );

	test( 'does not open a secret that was copied to another row', () => {
		const vault = makeVault( [ randomBytes( 32 ) ] );
		const sealed = vault.seal( new Secret( hostile ), place );
		expect( () => vault.open( sealed, { ...place, id: '8' } ) ).toThrow();
	} );

	test.each( [ { host: 'two', port: 1 }, { host: 'one', port: 2 }, { host: 'one' }, null, undefined ] )(
		'does not open a secret that is to be sent elsewhere: %j',
		( boundTo ) => {
			const vault = makeVault( [ randomBytes( 32 ) ] );
			const sealed = vault.seal( new Secret( hostile ), place );
			expect( () => vault.open( sealed, { ...place, boundTo } ) ).toThrow();
			// nor as one of an older release, which were bound to nothing
			expect( () => vault.openUnbound( { ...sealed, v: 1 }, place ) ).toThrow();
			// whatever order a database gives the fields back in
			expect( vault.open( sealed, { ...place, boundTo: { port: 1, host: 'one' } } ).reveal() ).toBe( hostile );
		}
	);

	test( 'proves a value with any of its keys, and no other value, purpose or key', () => {
		const [ older, newer ] = [ randomBytes( 32 ), randomBytes( 32 ) ];
		const mac = makeVault( [ older ] ).mac( 'server', [ 1, { a: 1, b: null } ] );
		const rotated = makeVault( [ newer, older ] );
		expect( rotated.isMacOf( mac, 'server', [ 1, { b: null, a: 1 } ] ) ).toBe( true );
		expect( rotated.mac( 'server', [ 1 ] ) ).not.toBe( makeVault( [ older ] ).mac( 'server', [ 1 ] ) );
		for ( const [ proof, purpose, value ] of [
			[ mac, 'server', [ 1, { a: 2, b: null } ] ],
			[ mac, 'site', [ 1, { a: 1, b: null } ] ],
			[ `${ mac }A`, 'server', [ 1, { a: 1, b: null } ] ],
			[ '', 'server', [ 1, { a: 1, b: null } ] ],
			[ null, 'server', [ 1, { a: 1, b: null } ] ],
		] as const ) {
			expect( rotated.isMacOf( proof, purpose, value ) ).toBe( false );
		}
		expect( makeVault( [ newer ] ).isMacOf( mac, 'server', [ 1, { a: 1, b: null } ] ) ).toBe( false );
	} );

	test( 'does not open a secret in which a byte was changed', () => {
		const vault = makeVault( [ randomBytes( 32 ) ] );
		const sealed = vault.seal( new Secret( hostile ), place );
		const ct = Buffer.from( sealed.ct, 'base64' );
		ct[ 0 ] = ( ct[ 0 ] ?? 0 ) ^ 1;
		expect( () => vault.open( { ...sealed, ct: ct.toString( 'base64' ) }, place ) ).toThrow();
	} );

	test( 'opens with an older key after a new one came first', () => {
		const [ older, newer ] = [ randomBytes( 32 ), randomBytes( 32 ) ];
		const sealed = makeVault( [ older ] ).seal( new Secret( hostile ), place );
		const rotated = makeVault( [ newer, older ] );
		expect( rotated.open( sealed, place ).reveal() ).toBe( hostile );
		expect( rotated.seal( new Secret( hostile ), place ).kid ).not.toBe( sealed.kid );
		expect( () => makeVault( [ newer ] ).open( sealed, place ) ).toThrow( 'no master key' );
	} );

	test( 'a secret gets neither into text, JSON nor a dump of an object', () => {
		const row = { password: new Secret( hostile ) };
		expect( [ `${ row.password }`, JSON.stringify( row ), inspect( row ) ].join() ).not.toContain( 'p#$a' );
	} );
} );
