import { expect, test } from '@jest/globals';
import { openedText } from './words.ts';

const of = { host: 'web1.example.org', reasons: [] };

test( 'what was changed by hand has one act, by the name of its button', () => {
	expect( openedText( 'changed', { ...of, detail: {} } ) ).toMatch(
		/by hand\. Press Repair… on its screen .*; where that button is missing, press Reinstall Email Gateway\.$/
	);
} );

test( 'a password that others could read is to be changed, beyond what a repair does', () => {
	expect( openedText( 'changed', { ...of, detail: { exposed: true } } ) ).toMatch(
		/Email Gateway\. Others on the server could read a password .* change it at the provider, and wherever/
	);
} );
