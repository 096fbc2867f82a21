import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { composed } from './compose.ts';

// the real program with the real perl, on queue files as Postfix writes them
let root = '';
beforeAll( () => {
	root = mkdtempSync( join( tmpdir(), 'email-gateway-senders-' ) );
	mkdirSync( join( root, 'var/spool/postfix/hold' ), { recursive: true } );
	mkdirSync( join( root, 'var/log/email-gateway' ), { recursive: true } );
} );
afterAll( () => rmSync( root, { recursive: true } ) );

/** A record of a queue file: type, length in groups of seven bits, data. */
function record( type: string, text: string ): Buffer {
	const bytes: number[] = [];
	let rest = text.length;
	do {
		bytes.push( ( rest & 127 ) | ( rest > 127 ? 128 : 0 ) );
		rest >>= 7;
	} while ( rest > 0 );
	return Buffer.concat( [ Buffer.from( type ), Buffer.from( bytes ), Buffer.from( text ) ] );
}
function message( id: string, lines: string[] ): void {
	const head = [ record( 'C', 'x'.repeat( 300 ) ), record( 'S', 'a@a.test' ), record( 'R', 'N'.repeat( 200 ) ) ];
	const text = [ record( 'M', '' ), ...lines.map( ( line ) => record( 'N', line ) ), record( 'X', '' ) ];
	writeFileSync( join( root, 'var/spool/postfix/hold', id ), Buffer.concat( [ ...head, ...text ] ) );
}
const by = ( uid: number ) => `Received: by web1 (Postfix, from userid ${ uid })`;
const line = ( id: string, uid: number, how = 'info' ) =>
	`Nov 30 17:18:43 web1 postfix/smtpd[7]: ${ id }: ${ how }: DATA from localhost[127.0.0.1]: ${
		how === 'hold' ? '<DATA>: Data command ' : ''
	}uid=${ uid }; from=<a> to=<b>\n`;

function idsOf( ...uids: number[] ): string[] {
	const program = composed( [ 'queue', 'mail-log', 'senders' ] ).replace( /^root=$/m, `root=${ root }` );
	const { stdout } = spawnSync( 'sh', {
		input: `${ program }\nmessages_in hold | ids_of ${ uids.join( ' ' ) }`,
		encoding: 'utf8',
	} );
	return stdout.split( '\n' ).filter( Boolean ).sort();
}

test( 'the messages of a user are those whose first line Postfix wrote for that user, or whose uid the log tells', () => {
	message( 'A00001', [ by( 1001 ), '\tid A00001', 'Subject: x' ] );
	// a forged line is not the first
	message( 'A00002', [ by( 1002 ), '\tid A00002', by( 1001 ), 'Subject: x' ] );
	message( 'A00003', [ by( 10011 ) ] );
	message( 'A00004', [ 'Received: from x (localhost [127.0.0.1])', '\tby web1 (Postfix, from userid 1001)' ] );
	message( 'A00005', [ 'Received: from x (localhost [127.0.0.1])', by( 1001 ) ] );
	message( 'A00006', [ 'Received: from x (localhost [127.0.0.1])' ] );
	message( 'A00007', [ 'Subject: written anew' ] );
	writeFileSync( join( root, 'var/spool/postfix/hold/A00008' ), Buffer.from( 'N\xff\xff\xff\xff\xff', 'latin1' ) );
	const log = join( root, 'var/log/email-gateway/mail.log' );
	writeFileSync( `${ log }.1.gz`, gzipSync( line( 'A00004', 1001, 'hold' ) ) );
	// who forges a line later is too late
	writeFileSync( log, line( 'A00005', 1002 ) + line( 'A00005', 1001 ) + line( 'A00009', 1001 ) );

	expect( idsOf( 1001 ) ).toEqual( [ 'A00001', 'A00004' ] );
	expect( idsOf( 1002 ) ).toEqual( [ 'A00002', 'A00005' ] );
	expect( idsOf( 1001, 1002 ) ).toEqual( [ 'A00001', 'A00002', 'A00004', 'A00005' ] );
	expect( idsOf( 7 ) ).toEqual( [] );
} );

test( 'a sender that a mail filter changed lies at the end of the file, and is no end of it', () => {
	const pointer = ( to: number ) => record( 'p', String( to ).padStart( 15 ) );
	const head = record( 'C', 'x'.repeat( 300 ) );
	// the pointer lies over the former sender, whose rest is no record
	const sender = Buffer.concat( [ pointer( 0 ), Buffer.from( '@former-sender.test' ) ] );
	const rest = Buffer.concat( [
		record( 'M', '' ),
		record( 'N', 'X-Email-Gateway-Submitted: 1003 B00001' ),
		record( 'N', by( 1003 ) ),
		record( 'X', '' ),
		record( 'E', '' ),
	] );
	const end = head.length + sender.length + rest.length;
	const file = Buffer.concat( [
		...[ head, pointer( end ), sender.subarray( pointer( 0 ).length ), rest ],
		...[ record( 'S', 'site-3@localhost' ), pointer( head.length + sender.length ) ],
	] );
	writeFileSync( join( root, 'var/spool/postfix/hold/B00001' ), file );
	// one that points to itself ends
	writeFileSync( join( root, 'var/spool/postfix/hold/B00002' ), Buffer.concat( [ head, pointer( head.length ) ] ) );
	expect( idsOf( 1003 ) ).toEqual( [ 'B00001' ] );
} );
