// One of the labs in which faults happen beside each other (side-by-side.ts): a process of its own, because names,
// addresses and ports of a lab follow from EMAIL_GATEWAY_LAB_DIR. Asks its parent for one fault after the other.
import { once } from 'node:events';
import { takeDown } from '../down.ts';
import { whileNotInterrupted } from '../system/while-not-interrupted.ts';
import type { Fault } from './fault.ts';
import { faults } from './faults/all.ts';
import { runFaults } from './run.ts';
import type { Row } from './table.ts';

/** What a lab tells its parent: that it is free for the next fault, or how one ended. */
export type Told = 'next' | Row;

const number = process.argv[ 2 ] ?? '';
const log = ( line: string ) => console.error( `[${ number }] ${ line }` );
const tell = ( told: Told ) => void process.send?.( told );

async function* asked(): AsyncGenerator< Fault > {
	for (;;) {
		const answered = once( process, 'message' );
		tell( 'next' );
		const [ { name } ] = ( await answered ) as [ { name: string | null } ];
		const fault = faults.find( ( one ) => one.name === name );
		if ( fault === undefined ) {
			return;
		}
		yield fault;
	}
}

const signal = whileNotInterrupted();
try {
	await takeDown( { log } );
	await runFaults( asked(), { log, signal, onRow: tell } );
} finally {
	await takeDown( { log } );
	process.disconnect?.();
}
