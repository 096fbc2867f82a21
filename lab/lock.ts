import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labPath } from './system/paths.ts';

/** Runs the work while no other up or down of this lab runs. Throws when one does. */
export async function withLabLock< Result >( work: () => Promise< Result > ): Promise< Result > {
	mkdirSync( labPath, { recursive: true, mode: 0o700 } );
	const file = join( labPath, 'lock' );
	takeLock( file );
	try {
		return await work();
	} finally {
		rmSync( file, { force: true } );
	}
}

function takeLock( file: string ): void {
	try {
		writeFileSync( file, `${ process.pid }`, { flag: 'wx' } );
	} catch ( error ) {
		if ( ( error as NodeJS.ErrnoException ).code !== 'EEXIST' ) {
			throw error;
		}
		const owner = Number( readFileSync( file, 'utf8' ) );
		if ( owner !== process.pid && isAlive( owner ) ) {
			throw new Error( `This lab is being started or stopped just now, by process ${ owner }.` );
		}
		writeFileSync( file, `${ process.pid }` );
	}
}

function isAlive( pid: number ): boolean {
	try {
		process.kill( pid, 0 );
		return true;
	} catch ( error ) {
		return ( error as NodeJS.ErrnoException ).code === 'EPERM';
	}
}
