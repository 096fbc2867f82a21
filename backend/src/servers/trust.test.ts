import { describe, expect, test } from '@jest/globals';
import { administrator, connected, customer, owner, trustedKey } from './test-server.ts';
import { forgottenBy, isAsBefore, losesPasswordByMove, losesPasswordByTrust, moved, trusted } from './trust.ts';

const same = { host: '203.0.113.5', sshPort: 22, sshUser: 'root', kind: 'password' } as const;
const elsewhere = { ...same, host: '203.0.113.66' };

describe( 'what of trust survives a saved connection', () => {
	const set = ( by: 'administrator' | 'customer' ) =>
		by === 'administrator' ? connected : { ...connected, setByAdministrator: false, mayHaveDefaults: false };
	test.each( [
		// whose it was, what is saved, who saves, key kept, may have the defaults, password lost
		[ 'administrator', 'same', same, owner, true, true, false ],
		[ 'administrator', 'same', same, administrator, true, false, false ],
		[ 'administrator', 'same', same, customer, true, false, false ],
		[ 'customer', 'same', same, owner, false, true, false ],
		[ 'customer', 'same', same, customer, true, false, false ],
		[ 'administrator', 'host', elsewhere, owner, false, true, false ],
		[ 'administrator', 'port', { ...same, sshPort: 23 }, owner, false, true, false ],
		[ 'administrator', 'user', { ...same, sshUser: 'admin' }, owner, false, true, false ],
		[ 'administrator', 'host', elsewhere, customer, false, false, true ],
		[ 'customer', 'user', { ...same, sshUser: 'admin' }, customer, false, false, true ],
		[ 'administrator', 'host', elsewhere, administrator, false, false, false ],
	] as const )( 'of an %s: %s', ( by, _what, address, saves, keyKept, mayHaveDefaults, passwordLost ) => {
		const move = moved( set( by ), address, saves );
		expect( move.next.hostKey ).toEqual( keyKept ? trustedKey : null );
		expect( move.next.mayHaveDefaults ).toBe( mayHaveDefaults );
		expect( move.next.setByAdministrator ).toBe( saves !== customer );
		expect( losesPasswordByMove( move, saves ) ).toBe( passwordLost );
	} );

	test( 'what was seen goes with the key, and what was installed with the host', () => {
		expect( forgottenBy( moved( connected, same, owner ) ) ).toEqual( {} );
		expect( forgottenBy( moved( connected, { ...same, sshPort: 23 }, owner ) ) ).toEqual( {
			...{ lastLook: null, unfinished: false },
		} );
		expect( forgottenBy( moved( connected, elsewhere, owner ) ) ).toEqual( {
			...{ lastLook: null, unfinished: false, installedVersion: null, lastTest: null },
		} );
	} );

	test( 'a check of what is kept elsewhere saves nothing while all is as before', () => {
		const kept = { ...connected, signIn: 'supplied' } as const;
		const supplied = { ...same, kind: 'supplied' } as const;
		expect( isAsBefore( moved( kept, supplied, owner ) ) ).toBe( true );
		expect( isAsBefore( moved( kept, supplied, customer ) ) ).toBe( false );
		expect( isAsBefore( moved( kept, { ...supplied, host: '203.0.113.66' }, owner ) ) ).toBe( false );
		expect( isAsBefore( moved( connected, supplied, owner ) ) ).toBe( false );
		expect( isAsBefore( moved( connected, same, owner ) ) ).toBe( false );
	} );
} );

describe( 'a host key that a person compared', () => {
	const by = ( person: typeof owner ) => ( { ...person, actor: { login: 'eve' } as never, now: 0 } );
	const changed = { ...trustedKey, state: 'changed', seenFingerprint: 'SHA256:b' } as const;

	test.each( [
		[ 'an owner', owner, true, true ],
		[ 'an administrator', administrator, true, false ],
		[ 'a customer', customer, true, false ],
		[ 'an owner, where nobody who may manage the defaults set it', owner, false, false ],
	] as const )( 'is trusted by %s, and may be given the defaults or not', ( _who, person, before, after ) => {
		const server = { ...connected, hostKey: changed, mayHaveDefaults: before };
		const { next } = trusted( server, 'SHA256:b', by( person ) );
		expect( next ).toMatchObject( {
			hostKey: { state: 'trusted', fingerprint: 'SHA256:b', seenFingerprint: null, trustedBy: 'eve' },
			mayHaveDefaults: after,
		} );
	} );

	test( 'is the one that was seen, or none', () => {
		const refused = ( server: typeof connected ) => () => trusted( server, 'SHA256:c', by( owner ) );
		expect( refused( { ...connected, hostKey: changed } ) ).toThrow( 'fingerprint_mismatch' );
		expect( refused( { ...connected, hostKey: null } ) ).toThrow( 'connection_missing' );
		expect( refused( { ...connected, host: null } ) ).toThrow( 'connection_missing' );
	} );

	test( 'costs the saved mail password where someone else than an administrator replaces another one', () => {
		expect( losesPasswordByTrust( changed, customer ) ).toBe( true );
		expect( losesPasswordByTrust( changed, administrator ) ).toBe( false );
		expect( losesPasswordByTrust( { state: 'unknown' }, customer ) ).toBe( false );
	} );
} );
