import { steps, type ErrorCode, type EventDetail } from '@email-gateway/shared';
import { z } from 'zod';
import { cut, withoutControls } from '../ssh/text.ts';

/** Characters of one detail; report.sh sends 600 bytes at most. */
const longestDetail = 600;
/** Pairs of one event or result; a program has four at most. */
const mostDetails = 8;

/** How a program that changes a server may fail. Any other code is one that a hostile server made up. */
export const codesOfRuns = [
	'managed_by_another_site',
	'gateway_not_installed',
	'mail_waiting',
	'disk_full',
	'files_not_writable',
	'packages_unavailable',
	'packages_refused',
	'package_system_busy',
	'package_system_broken',
	'configuration_refused',
	'postfix_did_not_start',
	'firewall_refused',
	'verify_failed',
	'undo_incomplete',
] as const satisfies readonly ErrorCode[];

const event = z.strictObject( {
	seq: z.int().min( 1 ),
	phase: z.enum( [ 'started', 'finished', 'failed' ] ),
	step: z.enum( steps ),
	detail: z.record( z.string(), z.string() ),
} );
export type RunEvent = z.infer< typeof event >;

const result = z.discriminatedUnion( 'end', [
	z.object( { end: z.literal( 'done' ), detail: z.record( z.string(), z.string() ) } ),
	z.object( {
		end: z.literal( 'failed' ),
		code: z.enum( codesOfRuns ),
		changed: z.enum( [ 'nothing', 'undone', 'unknown' ] ),
		detail: z.record( z.string(), z.string() ),
	} ),
	z.object( {
		end: z.literal( 'cancelled' ),
		changed: z.enum( [ 'nothing', 'undone' ] ),
		detail: z.record( z.string(), z.string() ),
	} ),
	z.object( { end: z.literal( 'interrupted' ) } ),
	z.object( { end: z.literal( 'busy' ), jobId: z.string().max( 64 ) } ),
	z.object( { end: z.literal( 'refused' ), reason: z.string().max( 64 ) } ),
] );
export type RunResult = z.infer< typeof result >;

/**
 * Reads one line of start.sh: an event of the run, or how it ended. Null for a line that is neither, which a
 * hostile or broken server may say.
 */
export function parseRunLine( line: string ): { event: RunEvent } | { result: RunResult } | null {
	const words = line.trim().split( ' ' );
	const [ first = '', second, third ] = words;
	if ( /^\d{1,6}$/.test( first ) ) {
		const parsed = event.safeParse( {
			seq: Number( first ),
			phase: second,
			step: third,
			detail: details( words.slice( 3 ) ),
		} );
		return parsed.success ? { event: parsed.data } : null;
	}
	const parsed = result.safeParse(
		first === 'result' ? resultOf( words ) : { end: first, jobId: second ?? '', reason: second ?? '' }
	);
	return parsed.success ? { result: parsed.data } : null;
}

function resultOf( [ , end, ...words ]: readonly string[] ): unknown {
	if ( end === 'failed' ) {
		return { end, code: words[ 0 ], changed: words[ 1 ], detail: details( words.slice( 2 ) ) };
	}
	return end === 'cancelled'
		? { end, changed: words[ 0 ], detail: details( words.slice( 1 ) ) }
		: { end, detail: details( words ) };
}

/** `name base64 name base64 …` */
function details( words: readonly string[] ): Record< string, string > {
	const pairs: [ string, string ][] = [];
	for ( let at = 0; at + 1 <= words.length && at < 2 * mostDetails; at += 2 ) {
		const text = Buffer.from( words[ at + 1 ] ?? '', 'base64' ).toString( 'utf8' );
		pairs.push( [ words[ at ] ?? '', cut( withoutControls( text ).replaceAll( '\t', ' ' ), longestDetail ) ] );
	}
	return Object.fromEntries( pairs.filter( ( [ name ] ) => /^[a-zA-Z]{1,32}$/.test( name ) ) );
}

/** What was told without a value is left out. */
export const filled = ( detail: Record< string, string > ): Record< string, string > =>
	Object.fromEntries(
		Object.entries( detail )
			.map( ( [ name, value ] ) => [ name, value.trim() ] as const )
			.filter( ( [ , value ] ) => value !== '' )
	);

/** What an event tells, as the contract has it: counts are numbers. */
export const toEventDetail = ( detail: Record< string, string > ): EventDetail =>
	Object.fromEntries(
		Object.entries( filled( detail ) ).map( ( [ name, value ] ) => [
			name,
			/^\d{1,12}$/.test( value ) ? Number( value ) : value,
		] )
	);
