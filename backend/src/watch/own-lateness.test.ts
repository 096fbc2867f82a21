import { expect, test } from '@jest/globals';
import { noticeOwnLateness } from './own-lateness.ts';

const pause = ( ms: number ) => new Promise( ( done ) => setTimeout( done, ms ) );
const compute = ( ms: number ) => {
	for ( const until = performance.now() + ms; performance.now() < until;  ) {
		// nothing else runs meanwhile
	}
};

test( 'what a process was late is noticed, also before its timers have run again', async () => {
	const own = noticeOwnLateness( 10 );
	compute( 300 );
	const atOnce = own.ms();
	await pause( 50 );
	compute( 300 );
	const later = own.ms();
	own.stop();
	expect( [ atOnce >= 290, later >= 580 ] ).toEqual( [ true, true ] );
} );
