import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestDns, type TestDns, type TestZone } from '../src/mail/test-dns.ts';

/**
 * Sets up the network of a process that `unshare --net --mount` began, as root: loopback, some more addresses, and a
 * resolver that everything in it asks.
 */
export async function ownNetwork(
	folder: string,
	{ zone, addresses = [] }: { zone: TestZone; addresses?: string[] }
): Promise< TestDns > {
	execFileSync( 'ip', [ 'link', 'set', 'lo', 'up' ] );
	for ( const address of addresses ) {
		execFileSync( 'ip', [ 'address', 'add', `${ address }/32`, 'dev', 'lo' ] );
	}
	const resolver = join( folder, 'resolv.conf' );
	writeFileSync( resolver, 'nameserver 127.0.0.1\n' );
	execFileSync( 'mount', [ '--bind', resolver, '/etc/resolv.conf' ] );
	return startTestDns( zone, { port: 53 } );
}
