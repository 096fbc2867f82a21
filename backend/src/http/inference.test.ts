import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { endpoints, type EndpointName } from '@email-gateway/shared';
import fc from 'fast-check';
import { usualBodies } from '../../test-fixtures/contract-fields.ts';
import { manager, startGuessing, type Guessing } from '../../test-fixtures/guess-everywhere.ts';
import { guessed } from '../../test-fixtures/guessed.ts';
import { hidden, partlyRight, takesGuess, wrong } from '../../test-fixtures/guesses.ts';
import { connectServer } from '../../test-fixtures/test-backend.ts';

jest.setTimeout( 300_000 );

// What a person is not shown is not told by a number, a code, a cause or a difference either: whatever they guess,
// everything that they are answered is the same, and so is everything that is done.

let play: Guessing;
beforeAll( async () => {
	play = await startGuessing();
} );
afterAll( () => play.stop() );

test( 'a guess at the included gateway is answered alike, however right it is', async () => {
	await fc.assert(
		fc.asyncProperty( partlyRight, async ( guess ) => {
			const [ one, other ] = [ await play.ofIncluded(), await play.ofIncluded() ];
			expect( await play.transcriptOf( one, guess ) ).toEqual( await play.transcriptOf( other, wrong ) );
		} ),
		{ numRuns: 2, examples: [ [ hidden ] ] }
	);
} );

test( 'a guess by someone who manages the site, and not the defaults, is answered alike', async () => {
	const [ one, other ] = [ await play.ofIncluded(), await play.ofIncluded() ];
	expect( await play.transcriptOf( one, hidden, manager ) ).toEqual(
		await play.transcriptOf( other, wrong, manager )
	);
} );

test( 'each endpoint that takes a guess, and is not for who manages the defaults alone, was tried', () => {
	const taking = ( Object.keys( endpoints ) as EndpointName[] ).filter( ( name ) => {
		const { access, request } = endpoints[ name ];
		const bodies = usualBodies( request ).map( ( body ) => guessed( body, hidden ) );
		return (
			! [ 'public', 'manage_defaults' ].includes( access ) &&
			// an account of its own, which is compared with nothing that anybody saved
			name !== 'saveChannel' &&
			// addresses of people in the site's own log, for who manages the site: refused to customers above
			! [ 'readAddress', 'eraseAddress' ].includes( name ) &&
			bodies.some( ( body ) => takesGuess( body, hidden ) )
		);
	} );
	expect( taking.length ).toBeGreaterThan( 0 );
	expect( [ ...play.tried ].sort() ).toEqual( taking.sort() );
} );

test( 'a guess at a gateway that is only known to be ours is answered alike', async () => {
	const forgotten = async () => {
		const serverId = await play.ofIncluded();
		await play.site.call( 'forgetServer', { serverId } );
		await connectServer( play.site, serverId, { at: { host: `203.0.113.${ serverId }` } } );
		return serverId;
	};
	const [ one, other ] = [ await forgotten(), await forgotten() ];
	expect( await play.transcriptOf( one, hidden ) ).toEqual( await play.transcriptOf( other, wrong ) );
} );
