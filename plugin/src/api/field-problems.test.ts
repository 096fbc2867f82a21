import { expect, test } from '@jest/globals';
import { fieldSentencesOf } from './field-problems.ts';
import { problemFrom } from './problem.ts';

const refused = ( ...fields: Array< { path: string; problem: string } > ) =>
	problemFrom( { code: 'invalid_request', message: '', data: { status: 422, fields } } );

test( 'each refused field gets its sentence, a password by the name of its field', () => {
	const problem = refused(
		{ path: 'settings.userName', problem: 'colon_in_user_name' },
		{ path: 'settings.password.value', problem: 'trailing_blank' },
		{ path: 'connection.signIn.password.value', problem: 'required' }
	);
	const sentences = fieldSentencesOf( problem, 'settings' );
	expect( Object.keys( sentences ) ).toEqual( [ 'userName', 'password' ] );
	expect( sentences.userName ).toMatch( /colon/ );
	expect( sentences.password ).toMatch( /ends with a blank/ );
	expect( Object.keys( fieldSentencesOf( problem, 'connection' ) ) ).toEqual( [ 'password' ] );
} );

test( 'fields sent without an object around them have their plain name', () => {
	expect( fieldSentencesOf( refused( { path: 'to', problem: 'not_an_address' } ), '' ).to ).toMatch( /mail address/ );
} );

test( 'a problem we do not know still marks its field', () => {
	expect( fieldSentencesOf( refused( { path: 'to', problem: 'of_a_later_version' } ), '' ).to ).toBeTruthy();
} );
