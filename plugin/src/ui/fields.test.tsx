/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals';
import { act, type ReactElement } from 'react';
import { createRoot } from '@wordpress/element';
import { TextField } from './fields.tsx';
import { SecretField } from './secret-field.tsx';

( globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean } ).IS_REACT_ACT_ENVIRONMENT = true;

let root: ReturnType< typeof createRoot > | null = null;
async function draw( element: ReactElement ): Promise< HTMLElement > {
	document.body.innerHTML = '<button id="outside">Outside</button><div id="place"></div>';
	const place = document.getElementById( 'place' ) as HTMLElement;
	root = createRoot( place );
	await act( async () => root?.render( element ) );
	return place;
}
afterEach( () => act( async () => root?.unmount() ) );

const nothing = () => {};

test( 'a required field says so to a screen reader, and leaves the form around it alone', async () => {
	const place = await draw( <TextField label="Host" value="" onChange={ nothing } required /> );
	const input = place.querySelector( 'input' );
	expect( input?.getAttribute( 'aria-required' ) ).toBe( 'true' );
	expect( input?.required ).toBe( false );
	expect( place.querySelector( '.is-required' ) ).not.toBeNull();
} );

test( 'a port is text: no wheel changes it', async () => {
	const place = await draw( <TextField label="SMTP Port" value="587" onChange={ nothing } type="port" /> );
	const input = place.querySelector( 'input' );
	expect( [ input?.type, input?.inputMode ] ).toEqual( [ 'text', 'numeric' ] );
} );

test( 'a typed password can be read, and is hidden until then', async () => {
	const place = await draw( <SecretField label="Password" value="typed" onChange={ nothing } /> );
	const input = place.querySelector( 'input' );
	expect( input?.type ).toBe( 'password' );
	const button = place.querySelector( 'button' );
	expect( button?.textContent ).toBe( 'Show Password' );
	await act( async () => button?.click() );
	expect( [ input?.type, button?.textContent ] ).toEqual( [ 'text', 'Hide Password' ] );
	await draw( <SecretField label="Password" value="" onChange={ nothing } /> );
	expect( document.querySelector( '#place button' ) ).toBeNull();
} );
