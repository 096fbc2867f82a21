import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { labPath } from './paths.ts';
import { renameProcess, runningProcess, startProcess, stopProcess } from './processes.ts';

const name = `test-${ process.pid }`;
const logFile = join( labPath, 'log', `${ name }.log` );

afterEach( async () => {
	await stopProcess( name, { graceMs: 0 } );
	rmSync( logFile, { force: true } );
} );

/** Whether a process (or group, negative) has left the system; one that ended stays until its parent asked for it. */
async function isGone( pid: number ): Promise< boolean > {
	for ( let tries = 0; tries < 200; tries++ ) {
		try {
			process.kill( pid, 0 );
		} catch ( error ) {
			return ( error as NodeJS.ErrnoException ).code === 'ESRCH';
		}
		await sleep( 50 );
	}
	return false;
}

test( 'a process that runs is not started twice', async () => {
	const first = await startProcess( name, [ 'sleep', '30' ], { logFile } );
	const second = await startProcess( name, [ 'sleep', '30' ], { logFile } );
	expect( second ).toEqual( first );
	expect( await runningProcess( name ) ).toEqual( first );
} );

test( 'a process that was renamed is found and stopped by its new name', async () => {
	const record = await startProcess( `${ name }-next`, [ 'sleep', '30' ], { logFile } );
	await renameProcess( `${ name }-next`, name );
	expect( await runningProcess( name ) ).toEqual( record );
	expect( await runningProcess( `${ name }-next` ) ).toBeUndefined();
	await renameProcess( `${ name }-next`, name );
	expect( await runningProcess( name ) ).toEqual( record );
} );

test( 'a stopped process is gone', async () => {
	const { pid } = await startProcess( name, [ 'sleep', '30' ], { logFile } );
	await stopProcess( name );
	expect( await runningProcess( name ) ).toBeUndefined();
	expect( await isGone( pid ) ).toBe( true );
} );

test( 'a process that ignores the request to end is killed with its children', async () => {
	const { pid } = await startProcess( name, [ 'sh', '-c', 'trap "" TERM; sleep 30 & wait; sleep 30' ], { logFile } );
	await stopProcess( name, { graceMs: 300 } );
	expect( await isGone( -pid ) ).toBe( true );
} );

test( 'what a process that ended by itself has left is killed', async () => {
	const { pid } = await startProcess( name, [ 'sh', '-c', 'sleep 30 & exit' ], { logFile } );
	expect( await isGone( pid ) ).toBe( true );
	expect( () => process.kill( -pid, 0 ) ).not.toThrow();
	await stopProcess( name );
	expect( await isGone( -pid ) ).toBe( true );
} );

test( 'a program that does not exist is an error, not a record', async () => {
	await expect( startProcess( name, [ '/nonexistent/program' ], { logFile } ) ).rejects.toThrow( 'ENOENT' );
	expect( await runningProcess( name ) ).toBeUndefined();
} );
