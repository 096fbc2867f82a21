import { capChoice } from '@email-gateway/shared';
import { expect, test } from '@jest/globals';
import { readLimits } from './typed-limits.ts';

test.each( [
	[ '200', '1000', '30', {} ],
	[ '', '', '5', {} ],
	[ '', '', '', { hour: 'required' } ],
	[ '0', '', '', { hour: 'not_a_cap' } ],
	[ '1.5', '', '', { hour: 'not_a_cap' } ],
	[ 'many', '', '', { hour: 'not_a_cap' } ],
	[ '', '1000001', '', { day: 'not_a_cap' } ],
	[ '200', '100', '', { day: 'day_below_hour' } ],
	[ '200', '200', '', {} ],
	[ '', '', '100', { refused: 'not_a_percentage' } ],
] )( '%j, %j and %j is read as the backend reads it', ( hour, day, refused, problems ) => {
	const found = readLimits( { hour, day, refused } );
	expect( found.problems ).toEqual( problems );
	const parsed = capChoice.safeParse( { kind: 'limits', limits: found.limits } );
	expect(
		Object.fromEntries( ( parsed.error?.issues ?? [] ).map( ( { path, message } ) => [ path.at( -1 ), message ] ) )
	).toEqual( problems );
} );
