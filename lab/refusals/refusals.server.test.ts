import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testServers } from '../../backend/src/ssh/test-servers.ts';
import { labNetwork } from '../network/addresses.ts';
import { startProvider, type Provider } from '../provider/start.ts';
import { labPath } from '../system/paths.ts';
import { playRefusal } from './play.ts';
import { sample } from './rows.ts';
import { openSender, type Sender } from './sender.ts';

jest.setTimeout( 240_000 );

// all forty are played by `npm run lab -- refusals`
describe.each( testServers() )( '$name ($kind)', ( server ) => {
	let provider: Provider;
	let sender: Sender;

	beforeAll( async () => {
		provider = await startProvider( labNetwork( labPath ) );
		sender = await openSender( server, { caFile: provider.caFile, signal: AbortSignal.timeout( 900_000 ) } );
	} );
	afterAll( () => sender.close() );

	test.each( sample() )( '$whose at $stage: $reply', async ( refusal ) => {
		const [ played ] = await playRefusal( refusal, [ sender ], provider );
		const { waits } = refusal;
		expect( played ).toMatchObject( {
			became: waits ? 'waits' : 'bounces',
			test: expect.stringMatching( waits ? /^waiting: / : /^refused: / ),
			arrived: waits ? 1 : 0,
		} );
	} );
} );
