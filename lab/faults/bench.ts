import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CheckedSettings, GatewaySettings, TestResult } from '@email-gateway/shared';
import { checkProvider } from '../../backend/src/mail/check-provider.ts';
import { connectTo, type TestServer } from '../../backend/src/ssh/test-servers.ts';
import { flush } from '../../backend/src/programs/flush.ts';
import { prove } from '../../backend/src/programs/prove.ts';
import { follower, install, password, removeIfThere, say, settings } from '../../backend/src/programs/test-gateway.ts';
import type { Provider } from '../provider/start.ts';
import { blockPorts } from '../servers/firewall.ts';
import { allowForwarding } from '../servers/sshd.ts';
import type { Diagnoses, Fault } from './fault.ts';

/** Nobody else's account: what is done to it disturbs no gateway of a person. */
const userName = 'faults@example.test';

/**
 * A real server with a gateway, and the provider it sends through. Faults go through the product's own functions: the
 * same that a job calls, without the API and the queue before them.
 */
export interface Bench {
	play( fault: Fault ): Promise< Diagnoses >;
	/** Heals everything and leaves the server without a gateway. */
	close(): Promise< void >;
}

export async function setUpBench(
	server: TestServer,
	{
		provider: { inboxUrl, caFile },
		signal,
	}: { provider: Pick< Provider, 'inboxUrl' | 'caFile' >; signal: AbortSignal }
): Promise< Bench > {
	let remote = await connectTo( server, signal );
	let installed = '';
	// as somebody types it whose provider has an authority of its own
	const caCertificate = readFileSync( caFile, 'utf8' );
	const put = async ( path: string, body: object ) => {
		const headers = { 'content-type': 'application/json' };
		const answer = await fetch( `${ inboxUrl }${ path }`, {
			...{ method: 'PUT', headers, body: JSON.stringify( body ), signal },
		} );
		if ( ! answer.ok ) {
			throw new Error( `${ path } was answered by ${ answer.status }: ${ await answer.text() }` );
		}
	};
	const ensureInstalled = async ( wanted: Partial< GatewaySettings > ) => {
		if ( installed !== JSON.stringify( wanted ) ) {
			await install( remote, follower( { signal } ), wanted );
			installed = JSON.stringify( wanted );
		}
		// what Postfix remembers of the fault before does not count for this one
		await say( remote, 'postsuper -d ALL; postfix reload; sleep 1' );
	};
	const setFault = async ( {
		provider = {},
		certificate = 'good',
		accountPassword,
		server: at = {},
	}: Partial< Fault > ) => {
		await put( `/accounts/${ userName }`, { password: accountPassword ?? password.reveal() } );
		await put( '/certificate', { kind: certificate } );
		await put( '/faults', provider );
		await blockPorts( server.name, at.blockedPorts ?? [] );
		if ( await allowForwarding( server, ! at.forwardingForbidden ) ) {
			remote.close();
			remote = await connectTo( server, signal );
		}
	};

	await setFault( {} );
	await removeIfThere( remote );
	return {
		async play( fault ) {
			const wanted = { userName, caCertificate, ...fault.settings };
			await ensureInstalled( wanted );
			await setFault( fault );
			try {
				const checked = await checkProvider( remote, {
					settings: { ...settings, ...wanted },
					password,
					signal,
				} );
				const tested = await prove( remote, testMail(), { signal, onStep: () => {} } );
				const isTriedAgain = fault.expected.test.endsWith( ', then delivered' );
				const { delivered } = isTriedAgain ? await flush( remote, { signal } ) : { delivered: 0 };
				return { check: checkSaid( checked ), test: testSaid( tested, delivered ) };
			} finally {
				await setFault( {} );
			}
		},
		async close() {
			await setFault( {} );
			await removeIfThere( remote );
			remote.close();
		},
	};
}

const testMail = () => ( {
	...{ from: 'site@example.com', to: 'you@example.org', siteName: 'Faults' },
	token: randomBytes( 16 ).toString( 'hex' ),
} );

export function checkSaid( { problem, skipped, login, openPorts }: CheckedSettings ): string {
	const cause = problem?.detail.cause ?? problem?.code ?? skipped ?? login;
	return openPorts.length > 0 ? `${ cause }, open: ${ openPorts.join( ' ' ) }` : `${ cause }`;
}

function testSaid( { outcome, diagnosis: { cause } }: TestResult, deliveredLater: number ): string {
	if ( outcome === 'accepted' && cause === 'accepted' ) {
		return 'accepted';
	}
	return `${ outcome }: ${ cause }${ deliveredLater > 0 ? ', then delivered' : '' }`;
}
