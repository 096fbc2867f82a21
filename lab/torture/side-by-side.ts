import { join } from 'node:path';
import { startPostgres } from '../database/postgres.ts';
import { takeDown } from '../down.ts';
import { ensureImage } from '../servers/image.ts';
import { ensureServerNetwork } from '../servers/server.ts';
import { runInOwnLab } from '../system/own-lab.ts';
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
	const onTold = ( told: Told, answer: ( message: { name: string | null } ) => void ) => {
		if ( told === 'next' ) {
			answer( { name: signal.aborted ? null : waiting.shift() ?? null } );
		} else {
			rows.push( told );
			onRow( told );
		}
	};
	const lane = join( import.meta.dirname, 'lane.ts' );
	const numbers = Array.from( { length: Math.min( mostLanes, chosen.length ) }, ( _, index ) => index + 1 );
	await Promise.all( numbers.map( ( number ) => runInOwnLab( lane, `${ number }`, { signal, onTold } ) ) );
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
