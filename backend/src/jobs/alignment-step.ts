import type { Alignment } from '@email-gateway/shared';
import { routesOn, type KeptRoute } from '../db/routes.ts';
import { settingsVersion } from '../db/settings.ts';
import { sentAs } from '../ledger/by-provider.ts';
import { routeDomains } from '../servers/route-change.ts';
import type { JobContext } from './context.ts';
import type { ToBackup } from './request.ts';
import type { Wanted } from './wanted.ts';

const mostDomains = 5;

/**
 * What receivers will make of what the server's sites send while it leaves by the backup: their domains are in its mail log,
 * and the first is that of the account before. DNS is asked once the gateway is right, so that no mail waits for it.
 */
export function alignmentStep(
	{ app, server, step, stopSignal }: JobContext,
	{ from }: ToBackup,
	{ settings: { smtpServer, userName } }: Pick< Wanted, 'settings' >
): Promise< Alignment[] > {
	return step( 'sender', async () => {
		const first = await settingsVersion( app.db, server, from );
		const routed = ( await routesOn( app, server ) ).routes.map( ( { uid } ) => uid );
		const seen = await sentAs( app.db, server.id, { most: mostDomains, routed } );
		const domains = [ ...( first ? [ first.settings.sendingDomain ] : [] ), ...seen ];
		const value = await askedOf( { app, stopSignal }, { smtpServer, userName, domains } );
		return { value };
	} );
}

/** The same of what a route sends: with one address for all of it that of its domain, else its senders and what it was seen to send as. */
export function routeAlignmentStep(
	{ app, server, step, stopSignal }: JobContext,
	{ uid, senders, sendAs, smtpServer, userName }: KeptRoute
): Promise< Alignment[] > {
	return step( 'sender', async () => {
		const domains =
			sendAs === null
				? [ ...routeDomains( senders ), ...( await sentAs( app.db, server.id, { most: mostDomains, uid } ) ) ]
				: routeDomains( [ sendAs ] );
		return { value: await askedOf( { app, stopSignal }, { smtpServer, userName, domains } ) };
	} );
}

const askedOf = (
	{ app, stopSignal }: Pick< JobContext, 'app' | 'stopSignal' >,
	{ smtpServer, userName, domains }: { smtpServer: string; userName: string; domains: readonly string[] }
): Promise< Alignment[] > =>
	Promise.all(
		[ ...new Set( domains ) ].slice( 0, mostDomains ).map( async ( sendingDomain ) => {
			const question = { smtpServer, userName, sendingDomain };
			const { dnsServers } = app.config;
			const { domain, verdict } = await app.tools.checkSender( { question, dnsServers, signal: stopSignal() } );
			return { domain, verdict };
		} )
	);
