import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doorsProgram, renderDoors } from './doors.ts';
import { plan } from './plan.ts';
import { noRules } from './rules.ts';
import { desireFor, factsAfter, freshFacts, installedFacts } from './test-facts.ts';

const closed = { ...noRules, closedDoors: [ 33, 2001 ] };
const withDoors = ( facts = installedFacts() ) => desireFor( facts, {}, 'secret', undefined, closed );
const named = ( steps: ReturnType< typeof plan > ) => steps.map( ( { kind, subject } ) => `${ kind } ${ subject }` );

test( 'the package, the program and its service are planned, and nothing where nobody is chosen', () => {
	expect( named( plan( installedFacts(), withDoors() ) ) ).toEqual( [
		'install_package nftables',
		'write_file /usr/local/sbin/email-gateway-doors',
		'write_file /etc/systemd/system/email-gateway-doors.service',
		'enable_service email-gateway-doors.service',
		'reload postfix',
	] );
	expect( plan( installedFacts(), desireFor( installedFacts() ) ) ).toEqual( [] );
	expect(
		named( plan( { ...freshFacts, systemd: false }, withDoors( { ...freshFacts, systemd: false } ) ) )
	).toContain( 'write_file /etc/cron.d/email-gateway-doors' );
} );

test( 'a table that was taken away by hand is loaded again, and that of nobody goes', () => {
	const facts = factsAfter( withDoors() );
	expect( plan( facts, withDoors( facts ) ) ).toEqual( [] );
	expect( named( plan( { ...facts, doorsKept: false }, withDoors( facts ) ) ) ).toEqual( [
		'enable_service email-gateway-doors.service',
		'reload postfix',
	] );
	expect( named( plan( facts, desireFor( facts ) ) ) ).toEqual( [
		`remove_file ${ doorsProgram }`,
		'reload postfix',
	] );
} );

test( 'the rules name each user in a table of its own, and are loaded in one go', () => {
	const root = mkdtempSync( join( tmpdir(), 'email-gateway-doors-' ) );
	mkdirSync( join( root, 'run' ) );
	mkdirSync( join( root, 'bin' ) );
	const nft = `#!/bin/sh\n[ "$1" = -f ] && cat >>"${ root }/rules" || echo "$*"\n`;
	writeFileSync( join( root, 'bin/nft' ), nft, { mode: 0o755 } );
	writeFileSync( join( root, 'program' ), renderDoors( closed ) );
	const env = { EMAIL_GATEWAY_ROOT: root, EMAIL_GATEWAY_PATH: `${ root }/bin:${ process.env.PATH }` };
	execFileSync( 'sh', [ join( root, 'program' ) ], { env } );
	const rules = readFileSync( join( root, 'rules' ), 'utf8' );
	expect( rules ).toMatch(
		/^table inet email_gateway\ndelete table inet email_gateway\ntable inet email_gateway \{\n/
	);
	expect( rules.match( /^meta skuid .*$/gm ) ).toEqual( [
		'meta skuid 33 counter name of_33 reject with tcp reset',
		'meta skuid 2001 counter name of_2001 reject with tcp reset',
	] );
	expect( rules ).not.toContain( 'flush' );
	expect( readFileSync( join( root, 'run/email-gateway-doors' ), 'utf8' ) ).toMatch(
		/^[0-9a-f]{64} {2}-\n-s list table inet email_gateway\n$/
	);
	// once a minute: what is right stays, with its counts; what somebody took away comes again, but not in the middle of a change
	const again = () => execFileSync( 'sh', [ join( root, 'program' ), 'again' ], { env } );
	const loads = () => readFileSync( join( root, 'rules' ), 'utf8' ).split( 'delete table' ).length - 1;
	again();
	expect( loads() ).toBe( 1 );
	writeFileSync( join( root, 'bin/nft' ), nft.replace( 'echo "$*"', 'echo changed' ), { mode: 0o755 } );
	const change = [ '-x', join( root, 'run/email-gateway.lock' ), 'sh', join( root, 'program' ), 'again' ];
	execFileSync( 'flock', change, { env } );
	expect( loads() ).toBe( 1 );
	again();
	expect( loads() ).toBe( 2 );
	rmSync( root, { recursive: true } );
} );
