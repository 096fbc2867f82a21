import type { AlertMessage } from '@email-gateway/shared';
import type { WeekOfServer } from '../ledger/week.ts';
import { doorOfOwners, type Viewer } from './alert.ts';

const mostServers = 50;
const count = ( n: number, one: string, more: string ) => `${ n.toLocaleString( 'en-US' ) } ${ n === 1 ? one : more }`;
const day = ( at: Date ) => at.toISOString().slice( 0, 10 );

/** A week of a viewer's servers, in numbers: no address, no words of a provider. */
export function reportFor(
	viewer: Viewer,
	{ site, week, from, to }: { site: { url: string }; week: readonly WeekOfServer[]; from: Date; to: Date }
): AlertMessage {
	const own = week.filter( ( { owner } ) => viewer.owner === null || owner === viewer.owner );
	const sum = ( of: 'accepted' | 'waiting' | 'refused' | 'incidents' ) =>
		own.reduce( ( all, one ) => all + one[ of ], 0 );
	const text = [
		`From ${ day( from ) } to ${ day( new Date( to.getTime() - 1 ) ) }, ${ count(
			own.length,
			'server',
			'servers'
		) }:`,
		`${ count( sum( 'accepted' ), 'message was', 'messages were' ) } accepted by the provider,`,
		`${ sum( 'refused' ).toLocaleString( 'en-US' ) } refused. ${ count(
			sum( 'waiting' ),
			'message waits',
			'messages wait'
		) } now.`,
		`${ count(
			sum( 'incidents' ),
			'alert was',
			'alerts were'
		) } opened. Accepted is not delivered: what bounces later is in no log of a server.`,
	].join( ' ' );
	return {
		...{ version: 1, kind: 'report', incident: 'report', at: to.toISOString(), site: site.url, text },
		...{
			server: null,
			servers: [],
			provider: null,
			trouble: null,
			since: from.toISOString(),
			waiting: sum( 'waiting' ),
		},
		...{ oldestS: null, delivered: null, reasons: [] },
		...( viewer.owner !== null ? { link: doorOfOwners( site ) } : {} ),
		report: {
			servers: own.slice( 0, mostServers ).map( ( { owner: _, ...rest } ) => rest ),
			more: Math.max( 0, own.length - mostServers ),
		},
	};
}
