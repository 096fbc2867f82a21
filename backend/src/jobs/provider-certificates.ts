import { once } from 'node:events';
import { connect } from 'node:net';
import { implicitTlsPorts } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { endIncident, keepIncident, keyOf, openOfKinds } from '../db/incidents.ts';
import { providerHosts, type ProviderHost } from '../db/provider-hosts.ts';
import { certificateTrouble } from '../incidents/usual.ts';
import { lookAtTls } from '../mail/look-at-tls.ts';
import { mailPorts } from '../mail/reach-provider.ts';
import { resolveServer } from '../ssh/address.ts';
import { untilAborted } from '../ssh/until-aborted.ts';

const kinds = [ 'certificate', 'certificate_soon' ] as const;
const everyMs = 24 * 3_600_000;
/** In one turn; the others follow in the next. */
const atOnce = 4;
const lookForMs = 15_000;

/** ISO time; null: it could not be looked at, which says nothing. */
export type LookAtCertificate = ( of: { host: string; port: number } ) => Promise< string | null >;

/**
 * Looks once a day at the certificate of each provider, from where the backend runs, and tells of one that ends soon. One look
 * serves all servers with this provider; a server's own words are not asked for it.
 *
 * @param look tests: what is seen
 */
export function makeCertificateWatch(
	app: App,
	look: LookAtCertificate = lookFromHere( app.config.allowedPrivateRanges )
): ( now: number ) => Promise< void > {
	const lookedAt = new Map< string, number >();
	return async ( now ) => {
		const by = Map.groupBy( await providerHosts( app.db ), ( { host, port } ) => `${ host } ${ port }` );
		const due = [ ...by ].filter( ( [ place ] ) => now - ( lookedAt.get( place ) ?? -Infinity ) >= everyMs );
		await Promise.all(
			due.slice( 0, atOnce ).map( async ( [ place, servers ] ) => {
				lookedAt.set( place, now );
				const [ { host, port } ] = servers as [ ProviderHost ];
				const expiresAt = await look( { host, port } ).catch( () => null );
				if ( expiresAt !== null ) {
					await judge( app, { servers, host, expiresAt, now } );
				}
			} )
		);
	};
}

async function judge(
	{ db, vault }: App,
	{
		servers,
		host,
		expiresAt,
		now,
	}: { servers: readonly ProviderHost[]; host: string; expiresAt: string; now: number }
): Promise< void > {
	const trouble = certificateTrouble( expiresAt, new Date( now ).toISOString() );
	// who was told two weeks before is told three days before as well
	const open = trouble === 'certificate_soon' ? kinds : trouble ? [ trouble ] : [];
	for ( const { server, siteId } of servers ) {
		for ( const kind of open ) {
			await keepIncident( db, {
				...{ siteId, server, kind, trouble: kind, seenAt: new Date( now ) },
				key: keyOf( vault, { of: 'certificate', host, trouble: kind } ),
				detail: { provider: host, expiresAt },
			} );
		}
	}
	const ids = new Set( servers.map( ( { server } ) => server ) );
	for ( const one of trouble ? [] : await openOfKinds( db, kinds ) ) {
		if ( one.server !== null && ids.has( one.server ) ) {
			await endIncident( db, one );
		}
	}
}

const lookFromHere =
	( allowedPrivateRanges: readonly string[] ): LookAtCertificate =>
	async ( { host, port } ) => {
		if ( ! mailPorts.includes( port ) ) {
			return null;
		}
		const signal = AbortSignal.timeout( lookForMs );
		const reach = { mayReachLocalAddresses: false, allowedPrivateRanges };
		const [ address = '' ] = await untilAborted( resolveServer( host, reach ), signal );
		const stream = connect( { host: address, port } );
		try {
			await once( stream, 'connect', { signal } );
			const mode = implicitTlsPorts.includes( port ) ? 'implicit' : 'starttls';
			return ( await lookAtTls( stream, { host, port, mode, signal } ) )?.expiresAt ?? null;
		} finally {
			stream.on( 'error', () => {} ).destroy();
		}
	};
