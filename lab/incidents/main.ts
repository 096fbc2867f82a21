import { parseArgs } from 'node:util';
import { takeDown } from '../down.ts';
import { whyNoServers } from '../machines.ts';
import { UsageError } from '../options.ts';
import type { ServerKind } from '../servers/kinds.ts';
import type { Log } from '../system/run.ts';
import { keepCalm } from './calm.ts';
import { incidentFaults } from './faults/all.ts';
import type { IncidentFault } from './fault.ts';
import { judge, type Played } from './outcome.ts';
import { playFault } from './play.ts';
import { record } from './record.ts';
import { renderCalm, renderIncidents, summary } from './table.ts';
import { makeIncidentWorld, type IncidentWorld, type Member } from './world.ts';

const kinds: readonly ServerKind[] = [ 'debian12', 'debian13' ];

interface Options {
	faults: readonly IncidentFault[];
	/** Servers of each kind and rhythm. */
	lanes: number;
	/** No fault is begun later. */
	minutes: number;
	/** Minutes of healthy load beside them, at most; 0: none. */
	calm: number;
}

/**
 * `npm run lab -- incidents [--only NAME,…] [--lanes 3] [--minutes 45] [--calm 30]`: each fault on a Debian 12 and a Debian 13, on one
 * of them while mail flows, and healthy load on others meanwhile. Prints what was told and when; returns the exit code: 0
 * where all was as it must be.
 */
export async function playIncidents( argv: string[], context: { log: Log; signal: AbortSignal } ): Promise< number > {
	const options = parseIncidentOptions( argv );
	const without = whyNoServers();
	if ( without !== undefined ) {
		throw new Error( `Incidents need real servers: ${ without }` );
	}
	await takeDown( context );
	try {
		const world = await makeIncidentWorld( context );
		try {
			return await play( world, options );
		} finally {
			await world.end();
		}
	} finally {
		await takeDown( context );
	}
}

async function play( world: IncidentWorld, { faults, lanes, minutes, calm: calmMinutes }: Options ): Promise< number > {
	const calm: Member[] = [];
	for ( const kind of calmMinutes > 0 ? kinds : [] ) {
		calm.push( await world.join( kind ) );
		await flow( calm.at( -1 ) as Member );
	}
	const all: Played[] = [];
	// the last fault that is begun takes some minutes more
	const calmly = calm.length > 0 ? keepCalm( world, calm, { minutes: Math.min( calmMinutes, minutes + 8 ) } ) : null;
	void calmly?.then(
		( quiet ) => world.log( renderCalm( quiet ) ),
		() => {}
	);
	const pools = kinds.flatMap( ( kind, at ) =>
		[ true, false ].map( ( eachMinute ) => ( {
			...{ kind, eachMinute },
			// on the other kind in the other rhythm
			waiting: faults.filter( ( fault, n ) =>
				fault.needsMail ? eachMinute : ( ( n + at ) % 2 === 0 ) === eachMinute
			),
		} ) )
	);
	const lane = async ( { kind, eachMinute, waiting }: ( typeof pools )[ number ], number: number ) => {
		if ( waiting.length <= number ) {
			return;
		}
		const member = await world.join( kind );
		if ( eachMinute ) {
			await flow( member );
		}
		// counted from here: what a slow machine needs to install is no part of it
		const endsAt = Date.now() + minutes * 60_000;
		const isInTime = ( { visibleAfterMs = 0 }: IncidentFault ) => Date.now() + visibleAfterMs < endsAt;
		for ( let fault = waiting.shift(); fault !== undefined; fault = waiting.shift() ) {
			if ( isInTime( fault ) ) {
				const played = await playFault( world, member, { fault, eachMinute } );
				all.push( played );
				// at once, so that an interrupted run keeps what it saw
				record( renderIncidents( [ played ] ) );
			}
		}
	};
	await Promise.all(
		pools.flatMap( ( pool ) => Array.from( { length: lanes }, ( _, number ) => lane( pool, number ) ) )
	);
	const place = ( { name, kind }: Played ) =>
		faults.findIndex( ( one ) => one.name === name ) + kinds.indexOf( kind as ServerKind ) / 2;
	all.sort( ( a, b ) => place( a ) - place( b ) );
	const quiet = await calmly;
	console.log( renderIncidents( all ) );
	console.log( quiet ? `\n${ renderCalm( quiet ) }` : '' );
	const due = faults.length * kinds.length;
	const left = due - all.length;
	console.log(
		`${ summary( all ) }${ left > 0 ? `; ${ left } of ${ due } not begun in ${ minutes } minutes` : '' }`
	);
	const isAllMet = all.every( ( played ) => judge( played ).missed.length === 0 );
	return isAllMet && ! quiet?.told.length && left === 0 ? 0 : 1;
}

/** A site that sends each minute, also after a start of the server. */
async function flow( { place }: Member ): Promise< void > {
	await place.shell( `cat >/etc/cron.d/lab-mail <<'CRON'
* * * * * www-data printf 'From: site@example.com\\nSubject: each minute\\n\\nx\\n' | /usr/sbin/sendmail -f site@example.com you@example.org
CRON` );
}

function parseIncidentOptions( args: string[] ): Options {
	const { only, lanes = '3', minutes = '45', calm = '30' } = parse( args );
	const names = only?.split( ',' ).map( ( name ) => name.trim() );
	const unknown = names?.filter( ( name ) => ! incidentFaults.some( ( fault ) => fault.name === name ) ) ?? [];
	if ( unknown.length > 0 ) {
		const known = incidentFaults.map( ( { name } ) => name ).join( ', ' );
		throw new UsageError( `There is no fault ${ unknown.join( ', ' ) }: choose from ${ known }.` );
	}
	return {
		faults: incidentFaults.filter( ( { name } ) => names === undefined || names.includes( name ) ),
		lanes: wholeNumber( 'lanes', lanes ),
		minutes: wholeNumber( 'minutes', minutes ),
		calm: calm === '0' ? 0 : wholeNumber( 'calm', calm ),
	};
}

function wholeNumber( option: string, text: string ): number {
	if ( ! /^[1-9]\d?$/.test( text ) ) {
		throw new UsageError( `--${ option } is a whole number above 0 and below 100, not ${ text }.` );
	}
	return Number( text );
}

function parse( args: string[] ): { only?: string; lanes?: string; minutes?: string; calm?: string } {
	const string = { type: 'string' } as const;
	try {
		return parseArgs( { args, options: { only: string, lanes: string, minutes: string, calm: string } } ).values;
	} catch ( error ) {
		throw new UsageError( ( error as Error ).message );
	}
}
