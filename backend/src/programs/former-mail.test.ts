import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The programs of a server, in a folder instead of in `/`; a sendmail that keeps what it is given. */
const read = ( name: string ) => readFileSync( new URL( name, import.meta.url ), 'utf8' );
const program = read( './former-queues.pl' ) + read( './former-mail.pl' );
let root = '';
const at = ( path: string ) => join( root, path );
const write = ( path: string, text: string ) => writeFileSync( at( path ), text, 'latin1' );
const input = '/var/spool/exim4/input';

beforeEach( () => {
	root = mkdtempSync( join( tmpdir(), 'former-' ) );
	for ( const folder of [
		input,
		'/var/spool/mqueue',
		'/var/spool/postfix/maildrop',
		'/var/lib/email-gateway',
		'/usr/sbin',
	] ) {
		mkdirSync( at( folder ), { recursive: true } );
	}
	write( '/usr/sbin/sendmail', `#!/bin/sh\n{ echo "$*"; cat; } >>${ root }/taken\n` );
	chmodSync( at( '/usr/sbin/sendmail' ), 0o755 );
} );
afterEach( () => rmSync( root, { recursive: true } ) );

/** As exim 4.96 writes it. */
function intoExim(
	id: string,
	{ sender = 'shop@example.com', done = 'XX', to = [ 'one@example.org' ], body = 'text\n' }
) {
	const header = ( flag: string, text: string ) => `${ String( text.length ).padStart( 3, '0' ) }${ flag } ${ text }`;
	const options = `-received_protocol local\n-aclm 0 9\nXX\n1\na@b.c\n-allow_unqualified_sender\n`;
	const headers = [
		header( 'P', `Received: from root by web1\n\tid ${ id };\n` ),
		header( '*', 'To: gone\n' ),
		header( 'I', `Message-Id: <E${ id }@web1>\n` ),
		header( ' ', 'Subject: former\n' ),
	];
	write(
		`${ input }/${ id }-H`,
		`${ id }-H\nroot 0 0\n<${ sender }>\n1796010294 0\n${ options }${ done }\n${ to.length }\n${ to.join(
			'\n'
		) }\n\n${ headers.join( '' ) }`
	);
	write( `${ input }/${ id }-D`, `${ id }-D\n${ body }` );
}
const deliver = () => {
	const placed = program.replace( /(?<=["' ])\/(?=(usr|var)\/)/g, `${ root }/` );
	return spawnSync( 'perl', [ '-', '20' ], { input: placed, encoding: 'latin1' } )
		.stdout.trim()
		.split( '\n' )
		.at( -1 );
};
const taken = () => ( existsSync( at( 'taken' ) ) ? readFileSync( at( 'taken' ), 'latin1' ) : '' );

test( 'a message of exim goes whole, to those who have not got it yet', () => {
	const done = 'YN one@example.org\nNN Two@EXAMPLE.org';
	const to = [
		'one@example.org',
		'Two@example.org',
		'"odd x"@example.org',
		'b@example.org c@example.org 13,1 e@example.org 13,0#3',
	];
	intoExim( '1aaaaa-000001-1a', { done, to, body: '.\nFrom here\n\xc3\xa4\x00 no end' } );
	write( `${ input }/1aaaaa-000001-1a-J`, 'nobody@example.org\n' );

	expect( deliver() ).toBe( 'ended 1 0 0' );
	expect( taken() ).toBe(
		'-i -f shop@example.com -- "odd x"@example.org b@example.org\n' +
			'Received: from root by web1\n\tid 1aaaaa-000001-1a;\nMessage-Id: <E1aaaaa-000001-1a@web1>\nSubject: former\n\n' +
			'.\nFrom here\n\xc3\xa4\x00 no end'
	);
	expect( readdirSync( at( input ) ) ).toEqual( [] );
} );

test( 'notices, messages that are no such and those that sendmail refuses stay as they are', () => {
	intoExim( '1aaaaa-000001-1a', { sender: '' } );
	intoExim( '1bbbbb-000001-1b', {} );
	write( '/var/spool/mqueue/qfBROKEN', 'V8\nSshop@example.com\nRPFD:one@example.org\n' );
	write( '/usr/sbin/sendmail', '#!/bin/sh\nexit 75\n' );
	const before = readdirSync( at( input ) );

	expect( deliver() ).toBe( 'ended 0 1 2' );
	expect( readdirSync( at( input ) ) ).toEqual( before );
} );

test( 'a message of sendmail goes without what is made at each delivery', () => {
	const lines = [
		'V8',
		'S<shop@example.com>',
		'rRFC822; one@example.org',
		'RPFD:<one@example.org>',
		'H?P?Return-Path: <\x81g>',
	];
	write(
		'/var/spool/mqueue/qfABC',
		`${ lines.join( '\n' ) }\nH??Received: by old\n\tid ABC\nH??Message-ID: <a@b>\n.\n`
	);
	write( '/var/spool/mqueue/dfABC', 'body\n' );

	expect( deliver() ).toBe( 'ended 1 0 0' );
	expect( taken() ).toBe(
		'-i -f shop@example.com -- one@example.org\nReceived: by old\n\tid ABC\nMessage-ID: <a@b>\n\nbody\n'
	);
	expect( readdirSync( at( '/var/spool/mqueue' ) ) ).toEqual( [] );
} );

test.each( [
	[ 'in Postfix’s queue', 'x <E1aaaaa-000001-1a@web1> y', 0 ],
	[ 'nowhere', '', 1 ],
] )( 'one that was on its way at a crash and is %s goes once', ( _where, inQueue, times ) => {
	intoExim( '1aaaaa-000001-1a', {} );
	write( '/var/spool/postfix/maildrop/A', inQueue );
	const path = at( `${ input }/1aaaaa-000001-1a-H` );
	write( '/var/lib/email-gateway/former.doubt', `${ path }\n<E1aaaaa-000001-1a@web1>\n` );

	expect( deliver() ).toBe( 'ended 1 0 0' );
	expect( taken().split( 'Subject: former' ) ).toHaveLength( times + 1 );
	expect( readdirSync( at( input ) ) ).toEqual( [] );
} );

test( 'nothing is taken from a mail system that is still there', () => {
	intoExim( '1aaaaa-000001-1a', {} );
	write( '/usr/sbin/exim4', '' );

	expect( deliver() ).toBe( 'ended 0 0 0' );
} );
