/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals';
import apiFetch from '@wordpress/api-fetch';
import { createRoot } from '@wordpress/element';
import { button, field, type as typeInto, until } from '../server/screen.example.tsx';
import { PairingForm } from './pairing-form.tsx';
import { readPairingLine } from './pairing-line.ts';

const known = {
	...{ paired: false, keyReadable: false, keepsServers: false, backendUrl: null, siteUrl: null, moved: false },
	...{ fingerprint: null, pairedAt: null },
};
const code = 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789';
let close = () => {};
afterEach( () => close() );

test.each( [ 'Backend Address', 'Pairing Code' ] )(
	'the line that the backend prints is taken apart when it is pasted into %s',
	async ( label ) => {
		const sent: unknown[] = [];
		apiFetch.setFetchHandler( async ( { data } ) => {
			sent.push( data );
			return { ...known, paired: true };
		} );
		const root = createRoot( document.body );
		root.render( <PairingForm known={ known } onPaired={ () => {} } /> );
		close = () => root.unmount();
		typeInto( await until( () => field( label ) ), `https://gateway.example.com ${ code }\n` );
		await until( () => button( 'Pair' ) );
		button( 'Pair' )?.click();
		await until( () => sent.length );
		expect( sent ).toEqual( [ { backendUrl: 'https://gateway.example.com', code } ] );
	}
);

test.each( [
	'https://gateway.example.com',
	code,
	`gateway.example.com ${ code }`,
	`https://a.example ${ code } more`,
] )( '%s is no such line', ( text ) => {
	expect( readPairingLine( text ) ).toBeNull();
} );
