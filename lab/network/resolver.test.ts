import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { answerQuery, startResolver } from './resolver.ts';

const resolver = new Resolver( { timeout: 2000, tries: 1 } );
let running: Awaited< ReturnType< typeof startResolver > >;

beforeAll( async () => {
	running = await startResolver( { address: '127.0.0.1', port: 0 }, { 'smtp.provider.test': '10.20.30.1' } );
	resolver.setServers( [ `127.0.0.1:${ running.port }` ] );
} );

afterAll( () => running.close() );

test( 'knows the provider, however its name is written', async () => {
	await expect( resolver.resolve4( 'SMTP.provider.test' ) ).resolves.toEqual( [ '10.20.30.1' ] );
} );

test( 'says that the provider has no IPv6 address, not that it does not exist', async () => {
	await expect( resolver.resolve6( 'smtp.provider.test' ) ).rejects.toMatchObject( { code: 'ENODATA' } );
} );

test( 'says of a mistyped name that it does not exist', async () => {
	await expect( resolver.resolve4( 'smpt.provider.test' ) ).rejects.toMatchObject( { code: 'ENOTFOUND' } );
} );

test( 'does not answer what is no query', () => {
	expect( answerQuery( Buffer.from( 'short' ), {} ) ).toBeUndefined();
	expect( answerQuery( Buffer.alloc( 40, 0xff ), {} ) ).toBeUndefined();
	const endless = Buffer.concat( [ Buffer.from( '000000000001000000000000', 'hex' ), Buffer.alloc( 20, 0x3f ) ] );
	expect( answerQuery( endless, {} ) ).toBeUndefined();
} );
