import { expect, test } from '@jest/globals';
import type { SMTPServer, SMTPServerSession } from 'smtp-server';
import { watchCommands } from './misbehave.ts';

test( 'commands of one piece wait once, those of another piece again', async () => {
	const answered: string[] = [];
	let waits = 0;
	const connection = {
		id: 'one',
		_onCommand( command: Buffer, next: () => void ) {
			answered.push( command.toString() );
			// as a handler that had to ask somebody
			setImmediate( next );
		},
	};
	const server = { connections: new Set( [ connection ] ) } as unknown as SMTPServer;
	watchCommands( server, { id: 'one' } as SMTPServerSession, () => {
		waits++;
		return { replyDelayMs: 1 };
	} );
	// what smtp-server does with the lines of a piece
	const piece = ( [ first = '', ...rest ]: string[] ): Promise< void > =>
		new Promise( ( resolve ) => {
			connection._onCommand( Buffer.from( first ), () => resolve( rest.length > 0 ? piece( rest ) : undefined ) );
		} );
	await piece( [ 'MAIL', 'RCPT', 'DATA' ] );
	expect( { answered, waits } ).toEqual( { answered: [ 'MAIL', 'RCPT', 'DATA' ], waits: 1 } );
	await piece( [ 'RSET' ] );
	expect( { answered: answered.at( -1 ), waits } ).toEqual( { answered: 'RSET', waits: 2 } );
} );
