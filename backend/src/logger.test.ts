import { expect, test } from '@jest/globals';
import { GatewayError } from './errors.ts';
import { makeLogger } from './logger.ts';

const logged = ( err: unknown ) => {
	let printed = '';
	makeLogger( { level: 'info', destination: { write: ( line: string ) => void ( printed += line ) } } ).error( {
		err,
	} );
	return JSON.parse( printed ) as { err: Record< string, unknown > };
};

test( 'of an error its words, its code and its place are logged, and nothing that a driver hung on to it', () => {
	const error = Object.assign( new Error( 'terminating connection' ), {
		...{ code: '57P01', detail: 'Failing row contains (mail-secret).' },
		client: { queries: [ { values: [ 'ssh-secret' ] } ] },
	} );
	const { err } = logged( error );
	expect( err ).toEqual( {
		...{ type: 'Error', message: 'terminating connection', code: '57P01' },
		stack: expect.stringContaining( 'logger.test.ts' ),
	} );
	expect( JSON.stringify( err ) ).not.toMatch( /mail-secret|ssh-secret/ );
} );

test( 'of one of ours its details as well', () => {
	const { err } = logged( new GatewayError( 'not_ready', { reason: 'database' } ) );
	expect( err ).toMatchObject( { code: 'not_ready', detail: { reason: 'database' } } );
} );
