import { expect, test } from '@jest/globals';
import { detailOf, errorCodes, jobError } from './index.ts';

test.each( errorCodes )( '%s can be read whatever was told, and tells nothing that it does not name', ( code ) => {
	const hostile = { reason: 7, waiting: 'a', found: 'x', said: null, port: {}, password: 'secret' };
	for ( const told of [ {}, hostile ] ) {
		const error = jobError.parse( { code, detail: detailOf( code, told ), changed: 'nothing' } );
		expect( JSON.stringify( error ) ).not.toContain( 'secret' );
	}
} );

test( 'a record of a former version is read with what is missing filled in', () => {
	expect( jobError.parse( { code: 'panel_found', detail: { panel: 'plesk' }, changed: 'nothing' } ) ).toEqual( {
		code: 'panel_found',
		detail: { found: [] },
		changed: 'nothing',
	} );
} );

test( 'numbers that a shell program told as text are numbers', () => {
	expect( detailOf( 'mail_waiting', { waiting: '3', held: '1', output: '5' } ) ).toEqual( {
		waiting: 3,
		held: 1,
		output: '5',
	} );
} );
