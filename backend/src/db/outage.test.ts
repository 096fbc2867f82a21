import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { makeLogger } from '../logger.ts';
import { untilItAnswers, watchOutage } from './outage.ts';

// an hour without PostgreSQL, on a short clock; outage.postgres.test.ts shuts a real one out
beforeEach( () => void jest.useFakeTimers() );
afterEach( () => void jest.useRealTimers() );

const hour = 3_600_000;
const away = () => Object.assign( new Error( 'connect ECONNREFUSED' ), { code: 'ECONNREFUSED' } );

function logged() {
	const lines: { msg: string; seconds?: number }[] = [];
	const log = makeLogger( {
		level: 'info',
		destination: { write: ( line: string ) => void lines.push( JSON.parse( line ) ) },
	} );
	return { log, lines };
}

test( 'an hour in which everybody notices is one line, and a second after it is over that is told', async () => {
	const { log, lines } = logged();
	let isBack = false;
	let probes = 0;
	const probe = async () => {
		probes++;
		if ( ! isBack ) {
			throw away();
		}
	};
	const outage = watchOutage( probe, { log } );
	for ( let passed = 0; passed < hour; passed += 500 ) {
		expect( outage.noticed( new Error( 'a query failed', { cause: away() } ) ) ).toBe( true );
		await jest.advanceTimersByTimeAsync( 500 );
	}
	expect( lines.map( ( { msg } ) => msg ) ).toEqual( [ 'the database is away; waiting for it' ] );
	expect( probes ).toBeGreaterThan( 3000 );
	isBack = true;
	await jest.advanceTimersByTimeAsync( 1000 );
	expect( lines[ 1 ] ).toMatchObject( { msg: 'the database is back', seconds: expect.any( Number ) } );
	expect( lines[ 1 ]?.seconds ).toBeGreaterThanOrEqual( 3600 );
	// the next one is one of its own, and what is no outage is none
	expect( outage.noticed( new Error( 'syntax error' ) ) ).toBe( false );
	expect( outage.noticed( away() ) ).toBe( true );
	expect( lines ).toHaveLength( 3 );
	outage.stop();
} );

test( 'a start waits an hour, tells it once, and goes on within a second', async () => {
	const { log, lines } = logged();
	let isBack = false;
	let started = false;
	const probe = async () => {
		if ( ! isBack ) {
			throw away();
		}
	};
	void untilItAnswers( probe, { log } ).then( () => ( started = true ) );
	await jest.advanceTimersByTimeAsync( hour );
	expect( [ started, lines.map( ( { msg } ) => msg ) ] ).toEqual( [
		...[ false, [ 'the database cannot be used yet; waiting for it' ] ],
	] );
	isBack = true;
	await jest.advanceTimersByTimeAsync( 1000 );
	expect( [ started, lines.at( -1 )?.msg ] ).toEqual( [ true, 'the database is back' ] );
} );
