import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { View } from '../views/view.ts';
import { answerOf } from './mount.ts';
import { errorBodyOf } from './on-error.ts';

const response = z.object( { servers: z.number() } );

test( 'an answer holds what the contract names and nothing else', () => {
	expect( answerOf( response, new View( { servers: 1, secret: 'x' } ) ) ).toEqual( { servers: 1 } );
} );

test( 'an answer that breaks the contract is our bug, not a wrong field of the caller', () => {
	let thrown: unknown;
	try {
		answerOf( response, new View( { servers: 'many' as never } ) );
	} catch ( error ) {
		thrown = error;
	}
	expect( errorBodyOf( thrown ) ).toMatchObject( { code: 'internal_error', data: { status: 500 } } );
} );
