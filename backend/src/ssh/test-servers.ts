// Only for tests: the real servers of the lab, as EMAIL_GATEWAY_TEST_SERVERS names them.
import { readFileSync } from 'node:fs';
import { isFailure } from '../errors.ts';
import { Secret } from '../vault/secret.ts';
import { connect } from './connect.ts';
import type { Remote } from './remote.ts';
import type { SshTarget } from './target.ts';

export interface TestServer {
	name: string;
	kind: string;
	host: string;
	sshPort: number;
	sshUser: string;
	keyFile: string;
}

/** The servers; throws where the variable is missing, so that such a test never passes by doing nothing. */
export function testServers(): TestServer[] {
	const file = process.env.EMAIL_GATEWAY_TEST_SERVERS;
	if ( ! file ) {
		throw new Error( 'EMAIL_GATEWAY_TEST_SERVERS names no file: these tests need real servers.' );
	}
	return JSON.parse( readFileSync( file, 'utf8' ) ) as TestServer[];
}

/** The server of that kind, for a file that is run on it alone: `*.debian12.test.ts`, `*.debian13.test.ts`. */
export function serverOf( kind: string ): TestServer {
	const server = testServers().find( ( candidate ) => candidate.kind === kind );
	if ( ! server ) {
		throw new Error( `EMAIL_GATEWAY_TEST_SERVERS names no ${ kind }.` );
	}
	return server;
}

/** A target that trusts whatever key the server has: the lab makes new ones with every fresh copy. */
export async function targetOf( { host, sshPort, sshUser, keyFile }: TestServer ): Promise< SshTarget > {
	const target: SshTarget = {
		host,
		port: sshPort,
		user: sshUser,
		signIn: { kind: 'key', privateKey: new Secret( readFileSync( keyFile, 'utf8' ) ), passphrase: null },
		sudoPassword: null,
		pinnedFingerprint: null,
		mayReachLocalAddresses: true,
	};
	const seen: unknown = await connect( target, { signal: AbortSignal.timeout( 30_000 ) } ).catch(
		( error: unknown ) => error
	);
	if ( ! isFailure( seen, 'host_key_unknown' ) ) {
		throw seen;
	}
	return { ...target, pinnedFingerprint: String( seen.detail.fingerprint ) };
}

/** Connects as root. Close it after the test. */
export async function connectTo(
	server: TestServer,
	signal: AbortSignal = AbortSignal.timeout( 300_000 )
): Promise< Remote > {
	return connect( await targetOf( server ), { signal } );
}
