import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkoutPath } from '../system/paths.ts';
import { journeyFiles, leftOutNote } from './journey-files.ts';

const all = readdirSync( join( checkoutPath, 'lab/journeys' ) )
	.filter( ( name ) => name.endsWith( '.test.ts' ) )
	.map( ( name ) => `lab/journeys/${ name }` )
	.sort();

test( 'a whole pass plays every journey', () => {
	expect( journeyFiles( { whole: true } ) ).toEqual( all );
} );

test( 'npm test leaves out these, and says how many', () => {
	const played = journeyFiles( { whole: false } );
	const leftOut = all.filter( ( file ) => ! played.includes( file ) );
	expect( leftOut ).toEqual( [ 'lab/journeys/queue.test.ts', 'lab/journeys/sites.test.ts' ] );
	expect( leftOutNote ).toMatch( new RegExp( `^without ${ leftOut.length } of the journeys` ) );
} );
