import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { customer, startGuessing, type Guessing } from '../../test-fixtures/guess-everywhere.ts';
import { hidden, normal, wrong, type Guess } from '../../test-fixtures/guesses.ts';
import { settings } from '../../test-fixtures/test-backend.ts';

jest.setTimeout( 300_000 );

// Settings that somebody typed confirm nothing of what is saved, nor the other way round.

let play: Guessing;
beforeAll( async () => {
	play = await startGuessing();
} );
afterAll( () => play.stop() );

test( 'a password that an administrator typed is not confirmed to whoever guesses it', async () => {
	const { password: value, ...visible } = hidden;
	const own = async () => {
		const serverId = await play.newServer();
		const typed = { ...settings, ...visible, password: { use: 'typed', value } } as const;
		const asked = await play.site.call( 'installGateway', { serverId, body: { settings: typed } } );
		expect( await play.ended( serverId, asked ) ).toMatchObject( { state: 'succeeded' } );
		return serverId;
	};
	const [ one, other ] = [ await own(), await own() ];
	// these are shown: only the password is a guess
	const guess = { ...hidden, password: 'other-secret' };
	expect( await play.transcriptOf( one, hidden ) ).toEqual( await play.transcriptOf( other, guess ) );
} );

test( 'what the included gateway changes on a server is not compared with what was tried there', async () => {
	const tried = async ( guess: Guess ) => {
		const serverId = await play.newServer();
		const { password: value, ...visible } = guess;
		const typed = { ...settings, ...visible, password: { use: 'typed', value } } as const;
		const asked = await play.site.call( 'installGateway', {
			serverId,
			actor: customer as never,
			body: { settings: typed },
		} );
		await play.ended( serverId, asked );
		const included = await play.site.call( 'useIncludedGateway', { serverId, actor: customer as never } );
		await play.ended( serverId, included );
		// refused, it has none; else its events are compared as well
		const { jobId } = included.body;
		const read = jobId ? await play.site.call( 'readJob', { serverId, jobId, actor: customer as never } ) : null;
		return [ included.status, normal( included.body, serverId, guess ), normal( read, serverId, guess ) ];
	};
	const somewhatRight = { ...wrong, smtpServer: hidden.smtpServer, smtpPort: hidden.smtpPort };
	expect( await tried( somewhatRight ) ).toEqual( await tried( wrong ) );
	expect( await tried( hidden ) ).toEqual( await tried( wrong ) );
} );
