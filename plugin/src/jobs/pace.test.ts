import { expect, test } from '@jest/globals';
import { pauseMs } from './pace.ts';

test( 'a job is asked each second while it speaks, and less often the longer it is quiet', () => {
	expect( [ 0, 19_000, 20_000, 60_000, 600_000 ].map( pauseMs ) ).toEqual( [ 1000, 1000, 2000, 2000, 5000 ] );
} );
