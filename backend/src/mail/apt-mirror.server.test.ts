import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Remote } from '../ssh/remote.ts';
import { connectTo, testServers } from '../ssh/test-servers.ts';
import { reachesAptMirror } from './apt-mirror.ts';

const [ server ] = testServers();
const signal = AbortSignal.timeout( 120_000 );
const settings = '/etc/apt/apt.conf.d/99-eg-test';
let remote: Remote;
beforeAll( async () => {
	if ( ! server ) {
		throw new Error( 'There is no server.' );
	}
	remote = await connectTo( server );
}, 120_000 );
afterAll( async () => {
	await remote.run( `rm -f ${ settings }`, { signal, timeoutMs: 10_000 } );
	remote.close();
} );

test( 'a server that can install packages reaches its mirror', async () => {
	expect( await reachesAptMirror( remote, signal ) ).toBe( true );
}, 120_000 );

test( 'a mirror where nothing listens is not reached', async () => {
	const write = `printf 'Acquire::http::Proxy "http://127.0.0.1:9/";\\n' >${ settings }`;
	await remote.run( write, { signal, timeoutMs: 10_000 } );
	expect( await reachesAptMirror( remote, signal ) ).toBe( false );
}, 120_000 );
