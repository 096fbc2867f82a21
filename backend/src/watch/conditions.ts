import type { App } from '../app.ts';
import { endIncident, keepIncident, keyOf, openOfKinds, type IncidentRow } from '../db/incidents.ts';
import { notLookedAt } from '../db/watches.ts';
import { siteTroubles, type SiteTrouble } from '../incidents/usual.ts';
import { sitesCounted, type CountedSite } from '../ledger/usual.ts';

type Parts = Pick< App, 'db' | 'vault' >;

/** What the counts of many looks show of each site: an incident opens at once, since an hour of mail is no flicker. */
export async function judgeSites( { db, vault }: Parts, now: number ): Promise< void > {
	const kinds = [ 'many_refused', 'unusually_many', 'fell_silent' ] as const;
	const open = await openOfKinds( db, kinds );
	const seen = new Set< string >();
	for ( const site of await sitesCounted( db, now ) ) {
		const own = open.filter( ( { server, subject } ) => server === site.server && subject === String( site.uid ) );
		for ( const found of siteTroubles( site, new Set( own.map( ( { trouble } ) => trouble ) ) ) ) {
			seen.add( nameOf( { server: site.server, kind: found.trouble, subject: String( site.uid ) } ) );
			await keepIncident( db, incidentOf( vault, site, found, now ) );
		}
	}
	for ( const one of open.filter( ( each ) => ! seen.has( nameOf( each ) ) ) ) {
		await endIncident( db, one );
	}
}

const nameOf = ( { server, kind, subject }: Pick< IncidentRow, 'server' | 'kind' | 'subject' > ) =>
	`${ server } ${ kind } ${ subject }`;

function incidentOf( vault: Parts[ 'vault' ], site: CountedSite, found: SiteTrouble, now: number ) {
	const { server, siteId, uid, user } = site;
	const { trouble, ...counted } = found;
	return {
		...{ siteId, server, kind: trouble, subject: String( uid ), trouble, seenAt: new Date( now ) },
		key: keyOf( vault, { of: 'server', server, kind: `${ trouble } ${ uid }` } ),
		detail: { ...counted, ...( uid === -1 ? {} : { user: user ?? String( uid ) } ) },
	};
}

/** So long without a look: six were missed, as where another plugin no longer lends the connection, or no worker has time. */
const lookedAtWithinMinutes = 30;

/** Servers that nobody has looked at for long, and could: what cannot be reached is told by the look itself. */
export async function judgeLooks( { db, vault }: Parts, now: number ): Promise< void > {
	const late = await notLookedAt( db, lookedAtWithinMinutes );
	for ( const { server, siteId, lookedAt } of late ) {
		await keepIncident( db, {
			...{ siteId, server, kind: 'not_checked', trouble: 'not_checked', seenAt: lookedAt, detail: {} },
			...{ key: keyOf( vault, { of: 'server', server, kind: 'not_checked' } ), openedAt: new Date( now ) },
		} );
	}
	for ( const one of await openOfKinds( db, [ 'not_checked' ] ) ) {
		if ( ! late.some( ( { server } ) => server === one.server ) ) {
			await endIncident( db, one );
		}
	}
}
