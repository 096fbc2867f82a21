import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, relative } from 'node:path';
import { startPostgres } from '../database/postgres.ts';
import { takeDown } from '../down.ts';
import { ensureImage } from '../servers/image.ts';
import { ensureServerNetwork } from '../servers/server.ts';
import { checkoutPath, labPath } from '../system/paths.ts';
import type { Log } from '../system/run.ts';
import type { Fault } from './fault.ts';
import type { Told } from './lane.ts';
import type { Row } from './table.ts';

/** Faults mostly wait, so two labs beside each other take little more than half of the time. */
const mostLanes = 2;

/**
 * Lets the faults happen in labs beside each other, each a process with a server, a provider and backends of its own;
 * whichever has ended one gets the next. Rows come in the order of the faults.
 */
export async function runSideBySide(
	chosen: readonly Fault[],
	{ log, signal, onRow }: { log: Log; signal: AbortSignal; onRow: ( row: Row ) => void }
): Promise< Row[] > {
	await prepare( { log, signal } );
	const waiting = chosen.map( ( { name } ) => name );
	const rows: Row[] = [];
	const onTold = ( told: Told, answer: ( name: string | null ) => void ) => {
		if ( told === 'next' ) {
			answer( signal.aborted ? null : ( waiting.shift() ?? null ) );
		} else {
			rows.push( told );
			onRow( told );
		}
	};
	const numbers = Array.from( { length: Math.min( mostLanes, chosen.length ) }, ( _, index ) => index + 1 );
	await Promise.all( numbers.map( ( number ) => runLane( number, { signal, onTold } ) ) );
	signal.throwIfAborted();
	const place = ( { name }: Row ) => chosen.findIndex( ( fault ) => fault.name === name );
	return rows.toSorted( ( a, b ) => place( a ) - place( b ) );
}

/** What all labs need from this machine, made once: packages and the image of the servers. */
async function prepare( context: { log: Log; signal: AbortSignal } ): Promise< void > {
	await takeDown( context );
	try {
		const { proxy } = await ensureServerNetwork( context );
		await ensureImage( 'debian12', { proxy, ...context } );
		await startPostgres( context );
	} finally {
		await takeDown( context );
	}
}

async function runLane(
	number: number,
	{ signal, onTold }: { signal: AbortSignal; onTold( told: Told, answer: ( name: string | null ) => void ): void }
): Promise< void > {
	const lane = spawn( process.execPath, [ join( import.meta.dirname, 'lane.ts' ), String( number ) ], {
		cwd: checkoutPath,
		env: { ...process.env, EMAIL_GATEWAY_LAB_DIR: `${ relative( checkoutPath, labPath ) }-${ number }` },
		stdio: [ 'ignore', 'inherit', 'inherit', 'ipc' ],
	} );
	const stop = () => void lane.kill( 'SIGTERM' );
	signal.addEventListener( 'abort', stop, { once: true } );
	lane.on( 'message', ( told ) => onTold( told as Told, ( name ) => void lane.send( { name } ) ) );
	const [ code ] = await once( lane, 'exit' );
	signal.removeEventListener( 'abort', stop );
	if ( code !== 0 && ! signal.aborted ) {
		throw new Error( `Lab ${ number } of the faults ended with ${ code }; what it said stands above.` );
	}
}
