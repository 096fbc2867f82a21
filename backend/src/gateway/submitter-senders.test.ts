import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Paused } from './pauses.ts';
import type { Routes } from './routes.ts';
import { renderSubmitter } from './submitter.ts';
import { testRoute } from './test-routes.ts';

// the real program, asked about a connection of this user
const folder = mkdtempSync( join( tmpdir(), 'email-gateway-submitter-' ) );
afterAll( () => rmSync( folder, { recursive: true } ) );

const list = [ testRoute( 1 ), testRoute( 2, { senders: [ 'site-2.test', 'info@shared.test' ] } ) ];

function answer(
	uid: number,
	sender: string,
	{ without = 'default' as Routes[ 'without' ], paused = [] as Paused[] } = {}
) {
	const program = join( folder, 'program' );
	writeFileSync( program, renderSubmitter( paused, { list, without } ) );
	writeFileSync(
		join( folder, 'tcp' ),
		` 1: 0100007F:C822 0100007F:0019 01 00000000:00000000 00:00000000 00000000  ${ uid }  0 4711 1 0 20 4 30 10 -1\n`
	);
	writeFileSync( join( folder, 'tcp6' ), '' );
	const { stdout, stderr } = spawnSync( 'sh', [ program ], {
		input: `client_address=127.0.0.1\nclient_port=51234\nsender=${ sender }\n\n`,
		encoding: 'utf8',
		env: { PATH: process.env.PATH, EMAIL_GATEWAY_PROC_NET: folder },
	} );
	expect( stderr ).toBe( '' );
	return stdout.trim().replace( 'action=', '' );
}

test.each( [
	[ 2001, 'shop@site-1.test' ],
	[ 2001, 'Shop@Site-1.Test' ],
	[ 2001, 'shop@site-1.test.' ],
	[ 2001, 'site-1' ],
	[ 2001, 'site-1@localhost' ],
	[ 2002, 'info@shared.test' ],
	[ 2001, `o'brien+tag=x@site-1.test` ],
	[ 33, 'x@elsewhere.test' ],
	[ 33, '' ],
	[ 0, 'shop@site-1.test' ],
] )( '%d may send as %p', ( uid, sender ) => {
	expect( answer( uid, sender ) ).toBe( `INFO uid=${ uid }` );
} );

test.each( [
	[ 2001, 'shop@site-2.test' ],
	[ 2001, 'info@shared.test' ],
	[ 2001, 'x@elsewhere.test' ],
	[ 2001, '' ],
	[ 2001, 'site-2' ],
	[ 33, 'shop@site-1.test' ],
	[ 33, 'SHOP@SITE-1.TEST' ],
	[ 33, 'shop@site-1.test..' ],
	[ 33, 'site-1' ],
	[ 33, 'site-1@localhost' ],
	[ 33, 'shop%site-1.test' ],
	[ 33, 'shop%site-1.test@localhost' ],
	[ 33, 'site-1.test!shop' ],
	[ 33, '@x.test:shop@site-1.test' ],
	[ 33, 'shop@site-1.test@x.test' ],
	[ 33, '2001=@site-1.test 2001=@x.test' ],
	[ 33, '@site-1.test' ],
	[ 33, '*@site-1.test' ],
	[ 200, 'shop@site-1.test' ],
	[ 20011, 'shop@site-1.test' ],
] )( '%d may not send as %p', ( uid, sender ) => {
	expect( answer( uid, sender ) ).toBe( `554 5.7.1 This sender is not listed for this site (uid=${ uid })` );
} );

test( 'who has no route is held where that is wanted, and root is not', () => {
	expect( answer( 33, 'x@elsewhere.test', { without: 'hold' } ) ).toBe( 'HOLD uid=33' );
	expect( answer( 0, 'x@elsewhere.test', { without: 'hold' } ) ).toBe( 'INFO uid=0' );
	expect( answer( 2001, 'x@site-1.test', { without: 'hold' } ) ).toBe( 'INFO uid=2001' );
} );

test( 'who is paused is held, and refused as another: what is let go of later leaves by its own route', () => {
	const paused: Paused[] = [ { uid: 2001, user: 'site-1', how: 'hold' } ];
	expect( answer( 2001, 'x@site-1.test', { paused } ) ).toBe( 'HOLD uid=2001' );
	expect( answer( 2001, 'x@site-2.test', { paused } ) ).toMatch( /^554 / );
} );
