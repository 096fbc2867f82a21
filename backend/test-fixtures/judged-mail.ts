// Only for tests: the mail filter of routes, asked as cleanup(8) asks it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from '@jest/globals';
import { maySendFiles } from '../src/gateway/may-send.ts';
import type { Paused } from '../src/gateway/pauses.ts';
import type { Routes } from '../src/gateway/routes.ts';
import { noRules, type Rules } from '../src/gateway/rules.ts';
import { testRoute } from '../src/gateway/test-routes.ts';

const folder = mkdtempSync( join( tmpdir(), 'email-gateway-may-send-' ) );
afterAll( () => rmSync( folder, { recursive: true } ) );

const packet = ( command: string, ...words: string[] ) => {
	const data = Buffer.from( command + words.map( ( word ) => `${ word }\0` ).join( '' ), 'latin1' );
	const length = Buffer.alloc( 4 );
	length.writeUInt32BE( data.length );
	return Buffer.concat( [ length, data ] );
};
const offer = Buffer.concat( [ Buffer.from( [ 0, 0, 0, 13 ] ), Buffer.from( 'O' ), Buffer.alloc( 12, 0xff ) ] );
offer.writeUInt32BE( 6, 5 );

export const routes = ( without: Routes[ 'without' ] = 'default' ): Routes => ( {
	list: [ testRoute( 1 ), testRoute( 2, { senders: [ 'site-2.test', 'info@shared.test' ] } ) ],
	without,
} );

export interface Message {
	uid?: number;
	from: string;
	headers?: [ string, string ][];
	/** Whose id the header names. */
	id?: string;
}
/** What the program answers at the end of a message, a word a reply. */
export function judged(
	{ uid = 2001, from, headers = [], id = '4Bcd' }: Message,
	paused: Paused[] = [],
	wanted = routes(),
	sandbox: Rules[ 'sandbox' ] = null,
	how: string[] = []
): string[] {
	const [ file ] = maySendFiles( { ...noRules, paused, routes: wanted, sandbox } );
	const program = join( folder, 'program' );
	writeFileSync( program, String( file?.content ) );
	const submitted: [ string, string ] = [ 'X-Email-Gateway-Submitted', ` ${ uid } ${ id }` ];
	const { stdout, stderr } = spawnSync( 'perl', [ program, ...how ], {
		input: Buffer.concat( [
			offer,
			packet( 'D', 'Mi', '4Bcd' ),
			packet( 'M', from ),
			...( how.length > 0 ? headers : [ submitted, ...headers ] ).map( ( [ name, value ] ) =>
				packet( 'L', name, value )
			),
			packet( 'D', 'Ei', '4Bcd' ),
			packet( 'E' ),
			packet( 'Q' ),
		] ),
	} );
	expect( stderr.toString() ).toBe( '' );
	const replies: string[] = [];
	for ( let rest = stdout; rest.length > 0;  ) {
		const length = rest.readUInt32BE();
		replies.push( rest.toString( 'latin1', 4, 4 + length ).replaceAll( '\0', '' ) );
		rest = rest.subarray( 4 + length );
	}
	// the offer, and the sender
	expect( replies.slice( 0, 2 ).map( ( [ first ] ) => first ) ).toEqual( [ 'O', 'c' ] );
	return replies.slice( 2 );
}
