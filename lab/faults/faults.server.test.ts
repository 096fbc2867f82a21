import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testServers } from '../../backend/src/ssh/test-servers.ts';
import { labNetwork } from '../network/addresses.ts';
import { startProvider } from '../provider/start.ts';
import { labPath } from '../system/paths.ts';
import { setUpBench, type Bench } from './bench.ts';
import { catalogue, sample } from './catalogue.ts';

jest.setTimeout( 180_000 );

// all of them are played by `npm run lab -- faults`
const faults = catalogue.filter( ( { name } ) => sample.some( ( chosen ) => chosen === name ) );

describe.each( testServers() )( '$name ($kind)', ( server ) => {
	let bench: Bench;

	beforeAll( async () => {
		const provider = await startProvider( labNetwork( labPath ) );
		bench = await setUpBench( server, { provider, signal: AbortSignal.timeout( 900_000 ) } );
	} );
	afterAll( () => bench.close() );

	test.each( faults )( '$what', async ( fault ) => {
		await expect( bench.play( fault ) ).resolves.toEqual( fault.expected );
	} );
} );
