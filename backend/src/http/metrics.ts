import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { App } from '../app.ts';
import { readMetrics, type Metrics } from '../db/metrics.ts';
import { version } from '../version.ts';

/**
 * What Prometheus scrapes. An operator is who knows the token of the settings; without one there is no such page. All
 * answers that are no metrics look the same, so that nobody learns whether there is one.
 */
export const metrics =
	( { config: { metricsToken }, db }: Pick< App, 'config' | 'db' > ): RequestHandler =>
	async ( request, response, next ) => {
		if ( ! metricsToken || ! isToken( request.headers.authorization, metricsToken.reveal() ) ) {
			return next();
		}
		response.type( 'text/plain; version=0.0.4; charset=utf-8' ).send( metricsText( await readMetrics( db ) ) );
	};

function isToken( header: string | undefined, token: string ): boolean {
	const digest = ( text: string ) => createHash( 'sha256' ).update( text ).digest();
	return header !== undefined && timingSafeEqual( digest( header ), digest( `Bearer ${ token }` ) );
}

type Sample = [ labels: Record< string, string >, value: number ];
const escape = ( text: string ) => text.replace( /\\/g, '\\\\' ).replace( /"/g, '\\"' ).replace( /\n/g, '\\n' );

function gauge( name: string, help: string, samples: readonly Sample[] ): string[] {
	const lines = samples.map( ( [ labels, value ] ) => {
		const inside = Object.entries( labels ).map( ( [ label, text ] ) => `${ label }="${ escape( text ) }"` );
		return `${ name }${ inside.length > 0 ? `{${ inside.join( ',' ) }}` : '' } ${ value }`;
	} );
	return [ `# HELP ${ name } ${ help }`, `# TYPE ${ name } gauge`, ...lines ];
}

/** The text format of Prometheus, version 0.0.4. */
export function metricsText( of: Metrics ): string {
	const one = ( value: number ): Sample[] => [ [ {}, value ] ];
	const prefix = 'email_gateway_';
	return [
		...gauge( `${ prefix }info`, 'The release of the backend.', [ [ { version, node: process.version }, 1 ] ] ),
		...gauge( `${ prefix }sites`, 'Sites that are paired.', one( of.sites ) ),
		...gauge(
			`${ prefix }servers`,
			'Watched servers by what the last look saw.',
			of.servers.map( ( { state, count } ) => [ { state }, count ] )
		),
		...gauge(
			`${ prefix }state_age_seconds`,
			'How long the server that is longest in a state is in it.',
			of.stateAges.map( ( { state, seconds } ) => [ { state }, seconds ] )
		),
		...gauge( `${ prefix }look_late_seconds`, 'How late the most overdue look is.', one( of.lookLateS ) ),
		...gauge( `${ prefix }queue_messages`, 'Messages in the queues of all servers.', one( of.waiting ) ),
		...gauge(
			`${ prefix }oldest_waiting_seconds`,
			'Since the oldest message in the queues of all servers arrived, at the last looks; 0 where none waits.',
			one( of.oldestS ?? 0 )
		),
		...gauge(
			`${ prefix }last_hour_messages`,
			'Recipients of messages that arrived in the last full hour, by outcome.',
			of.messages.map( ( { outcome, count } ) => [ { outcome }, count ] )
		),
		...gauge(
			`${ prefix }jobs`,
			'Jobs that are not done.',
			of.jobs.map( ( { state, count } ) => [ { state }, count ] )
		),
		...gauge(
			`${ prefix }incidents`,
			'Open incidents by trouble.',
			of.incidents.map( ( { trouble, count } ) => [ { trouble }, count ] )
		),
		...gauge( `${ prefix }alerts_waiting`, 'Alerts that are still to be delivered.', one( of.alertsWaiting ) ),
		...gauge(
			`${ prefix }channels_failing`,
			'Channels whose last alert did not arrive.',
			one( of.channelsFailing )
		),
		...gauge( 'process_resident_memory_bytes', 'Resident memory.', one( process.memoryUsage.rss() ) ),
		...gauge(
			'process_start_time_seconds',
			'When the process started.',
			one( Date.now() / 1000 - process.uptime() )
		),
		'',
	].join( '\n' );
}
