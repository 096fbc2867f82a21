import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installLine } from './key-line.ts';

test( 'the line adds the key once, keeps those that are there, and leaves the modes that sshd wants', () => {
	const home = mkdtempSync( join( tmpdir(), 'email-gateway-home-' ) );
	const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIC8kGY0zyEVUhg6coRDBnJv7wEPfW1vFz71E email-gateway-1';
	const line = `restrict,port-forwarding ${ key }`;
	const file = join( home, '.ssh', 'authorized_keys' );
	const run = () =>
		execFileSync( 'sh', [ '-c', installLine( key ) ], { env: { HOME: home, PATH: process.env.PATH } } );
	run();
	expect( readFileSync( file, 'utf8' ).trim() ).toBe( line );
	expect( [ statSync( join( home, '.ssh' ) ).mode & 0o777, statSync( file ).mode & 0o777 ] ).toEqual( [
		0o700, 0o600,
	] );
	// somebody else's key, without a line end behind it
	mkdirSync( join( home, '.ssh' ), { recursive: true } );
	writeFileSync( file, 'ssh-ed25519 AAAAother other' );
	run();
	run();
	expect( readFileSync( file, 'utf8' ).split( '\n' ).filter( Boolean ) ).toEqual( [
		'ssh-ed25519 AAAAother other',
		line,
	] );
	rmSync( home, { recursive: true } );
} );
