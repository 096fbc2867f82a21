import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LogCursor, LogPiece } from '../ledger/log-piece.ts';
import type { Remote } from '../ssh/remote.ts';
import { parseLogPiece, pieceBytes, readLog } from './log-piece.ts';

let root = '';
let log = '';

beforeEach( () => {
	root = mkdtempSync( join( tmpdir(), 'email-gateway-log-' ) );
	mkdirSync( join( root, 'var/log/email-gateway' ), { recursive: true } );
	log = join( root, 'var/log/email-gateway/mail.log' );
} );
afterEach( () => rmSync( root, { recursive: true } ) );

/** A server that is a folder: the real program in the real shell. */
const remote = {
	async run( program: string, { stdin }: { stdin: Buffer } ) {
		const { stdout, status } = spawnSync( 'sh', [ '-c', program.replace( /^root=$/m, `root=${ root }` ) ], {
			input: stdin,
			encoding: 'utf8',
			maxBuffer: 1 << 22,
		} );
		return { exitCode: status, stdout, stderr: '' };
	},
} as unknown as Remote;

let written = 0;
/** Adds lines, each told apart by its number. */
const write = ( count: number, width = 90 ) => {
	for ( let end = written + count; written < end; written++ ) {
		appendFileSync( log, `line ${ String( written ).padEnd( width, '.' ) }\n` );
	}
};
/** As logrotate does with delaycompress. */
const rotate = () => {
	for ( let number = 9; number > 1; number-- ) {
		if ( existsSync( `${ log }.${ number }.gz` ) ) {
			renameSync( `${ log }.${ number }.gz`, `${ log }.${ number + 1 }.gz` );
		}
	}
	if ( existsSync( `${ log }.1` ) ) {
		execFileSync( 'gzip', [ `${ log }.1` ] );
		renameSync( `${ log }.1.gz`, `${ log }.2.gz` );
	}
	renameSync( log, `${ log }.1` );
};

const begin: LogCursor = { head: '', position: 0 };
const read = async ( after: LogCursor ) =>
	( await readLog( remote, after, { signal: AbortSignal.timeout( 5000 ) } ) ) as LogPiece;
const numbers = ( { lines }: LogPiece ) =>
	lines.map( ( line ) => Number( line.split( ' ' )[ 1 ]?.replaceAll( '.', '' ) ) );
/** Reads until there is no more. */
async function readAll( after: LogCursor ): Promise< { found: number[]; after: LogCursor; gaps: number } > {
	const found: number[] = [];
	let gaps = 0;
	for ( let turn = 0; turn < 20; turn++ ) {
		const piece = await read( after );
		gaps += after.head !== '' && ! piece.follows ? 1 : 0;
		found.push( ...numbers( piece ) );
		after = piece.next;
		if ( ! piece.isMore ) {
			break;
		}
	}
	return { found, after, gaps };
}
const upTo = ( end: number, from = 0 ) => Array.from( { length: end - from }, ( _, n ) => n + from );

beforeEach( () => {
	written = 0;
} );

describe( 'the log of a server', () => {
	test( 'is read on where it was left', async () => {
		write( 3 );
		const first = await readAll( begin );
		expect( first.found ).toEqual( [ 0, 1, 2 ] );
		expect( ( await readAll( first.after ) ).found ).toEqual( [] );
		write( 2 );
		expect( ( await readAll( first.after ) ).found ).toEqual( [ 3, 4 ] );
	} );

	test( 'is read in bounded pieces of whole lines', async () => {
		write( 6000 );
		const piece = await read( begin );
		expect( [ piece.isMore, piece.next.position <= pieceBytes ] ).toEqual( [ true, true ] );
		expect( ( await readAll( begin ) ).found ).toEqual( upTo( 6000 ) );
	} );

	test( 'is read on through one rotation and through many, each line once', async () => {
		write( 4 );
		let { after } = await readAll( begin );
		write( 1 );
		rotate();
		// Postfix writes into the old file until it is told to reload
		appendFileSync( `${ log }.1`, `line ${ written++ }\n` );
		write( 2 );
		const once = await readAll( after );
		expect( once ).toMatchObject( { found: [ 4, 5, 6, 7 ], gaps: 0 } );
		after = once.after;
		for ( let turn = 0; turn < 4; turn++ ) {
			write( 3 );
			rotate();
		}
		write( 1 );
		expect( await readAll( after ) ).toMatchObject( { found: upTo( 21, 8 ), gaps: 0 } );
	} );

	test( 'that begins anew is read from there, and the gap is told', async () => {
		write( 5 );
		const { after } = await readAll( begin );
		writeFileSync( log, '' );
		expect( await readAll( after ) ).toMatchObject( { found: [], gaps: 1 } );
		write( 9 );
		expect( await readAll( after ) ).toMatchObject( { found: upTo( 14, 5 ), gaps: 1 } );
	} );

	test( 'keeps half a line for later, unless its file has ended', async () => {
		write( 1 );
		appendFileSync( log, 'line 1' );
		const { found, after } = await readAll( begin );
		expect( found ).toEqual( [ 0 ] );
		rotate();
		written = 2;
		write( 1 );
		expect( ( await readAll( after ) ).found ).toEqual( [ 1, 2 ] );
	} );

	test( 'without any line end is passed over', async () => {
		writeFileSync( log, 'x'.repeat( pieceBytes + 10 ) );
		const piece = await read( begin );
		expect( piece.next.position ).toBe( pieceBytes );
	} );

	test( 'that is not there is none', async () => {
		expect( await readLog( remote, begin, { signal: AbortSignal.timeout( 5000 ) } ) ).toBeNull();
	} );

	test( 'tells the names of users in it', async () => {
		writeFileSync( log, 'Nov 30 17:18:43 web1 postfix/pickup[7]: 4jdW2W5nLkzs7Y7: uid=0 from=<root>\n' );
		expect( ( await read( begin ) ).users ).toEqual( [ { uid: 0, name: 'root' } ] );
	} );

	test( 'tells the names of users who handed over by SMTP', async () => {
		const said = 'info: DATA from localhost[127.0.0.1]: uid=0; from=<a@b.test> to=<c@d.test> proto=ESMTP helo=<x>';
		writeFileSync( log, `Nov 30 17:18:43 web1 postfix/smtpd[7]: 4jdW2W5nLkzs7Y7: ${ said }\n` );
		expect( ( await read( begin ) ).users ).toEqual( [ { uid: 0, name: 'root' } ] );
	} );
} );

describe( 'what a server says of its log', () => {
	const good = [
		'log_clock 1795473681 +0130',
		'log_follows no',
		'log_start eA==',
		'log_place 0 5',
		`log_bytes ${ execFileSync( 'sh', [ '-c', 'printf "a\\033b\\nc\\n" | gzip | base64 -w0' ] ).toString() }`,
	];
	const said = ( lines: string[] ) => parseLogPiece( lines.join( '\n' ), begin );

	test( 'is read without control characters', () => {
		expect( said( good ) ).toMatchObject( {
			lines: [ 'ab', 'c' ],
			clock: { atMs: 1_795_473_681_000, aheadMinutes: 90 },
		} );
	} );

	test.each( [
		[ 'log_clock 1795473681 +0130', 'log_clock 99999999999 +0130' ],
		[ 'log_follows no', 'log_follows maybe' ],
		[ 'log_place 0 5', 'log_place 0 -5' ],
		[ 'log_place 0 5', 'log_place 0' ],
		[ good[ 4 ] ?? '', 'log_bytes eA==' ],
		[
			good[ 4 ] ?? '',
			`log_bytes ${ execFileSync( 'sh', [ '-c', 'head -c 9000000 /dev/zero | gzip | base64 -w0' ] ).toString() }`,
		],
	] )( 'is refused where it is not %s but %s', ( line, other ) => {
		expect( () => said( good.map( ( one ) => ( one === line ? other : one ) ) ) ).toThrow(
			expect.objectContaining( { code: 'server_answer_not_understood' } )
		);
	} );
} );
