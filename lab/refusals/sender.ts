import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestResult } from '@email-gateway/shared';
import { connectTo, type TestServer } from '../../backend/src/ssh/test-servers.ts';
import { flush } from '../../backend/src/programs/flush.ts';
import { parseDelivery, parseLine } from '../../backend/src/gateway/mail-log.ts';
import { prove } from '../../backend/src/programs/prove.ts';
import { follower, install, removeIfThere, say } from '../../backend/src/programs/test-gateway.ts';

/** Nobody else's account: what is done to it disturbs no gateway of a person. */
export const userName = 'refusals@example.test';

/** What became of a mail: it stays in the queue, or it came back. */
export type Became = 'waits' | 'bounces' | 'sent';

/** A real server with a gateway, and a site on it that sends as www-data. */
export interface Sender {
	kind: string;
	/** PHP's mail(), followed until Postfix has tried it. Throws where mail() refuses it, or nothing is tried. */
	handIn( to: string ): Promise< Became >;
	test(): Promise< TestResult >;
	/** What the button Deliver Waiting Mail does. */
	deliver(): Promise< void >;
	/** Nothing of one refusal is left for the next: notices that the provider refused. */
	forget(): Promise< void >;
	/** Leaves the server without a gateway. */
	close(): Promise< void >;
}

export async function openSender(
	server: TestServer,
	{ caFile, signal }: { caFile: string; signal: AbortSignal }
): Promise< Sender > {
	const remote = await connectTo( server, signal );
	await removeIfThere( remote );
	const caCertificate = readFileSync( caFile, 'utf8' );
	await install( remote, follower( { signal } ), { userName, caCertificate } );
	return {
		kind: server.kind,
		async handIn( to ) {
			const php = `mail( "${ to }", "An order", "From a site.", "From: shop@example.com" ) || exit( 1 );`;
			// the notice of a bounce goes out, too, and is no mail of the site
			await say( remote, `runuser -u www-data -- php -r '${ php }' || exit 1` );
			for ( let tries = 0; tries < 60; tries++ ) {
				await sleep( 500, undefined, { signal } );
				const log = await say( remote, `grep -F 'to=<${ to }>' "$(postconf -h maillog_file)"` );
				const status = log
					.split( '\n' )
					.map( parseLine )
					.map( ( line ) => line && parseDelivery( line, to )?.status )
					.findLast( ( one ) => typeof one === 'string' );
				if ( status ) {
					return status === 'deferred' ? 'waits' : status === 'sent' ? 'sent' : 'bounces';
				}
			}
			throw new Error( `${ server.name } did not try the mail within 30 s.` );
		},
		test: () =>
			prove(
				remote,
				{
					...{ from: 'shop@example.com', to: 'you@example.org', siteName: 'Refusals' },
					token: randomBytes( 16 ).toString( 'hex' ),
				},
				{ signal, onStep: () => {} }
			),
		async deliver() {
			await flush( remote, { signal } );
		},
		async forget() {
			await say( remote, 'postsuper -d ALL 2>/dev/null' );
		},
		async close() {
			await removeIfThere( remote );
			await say( remote, 'rm -rf /var/lib/email-gateway-saved-queue-*' );
			remote.close();
		},
	};
}
