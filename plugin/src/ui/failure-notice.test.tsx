/** @jest-environment jsdom */
import { beforeAll, expect, test } from '@jest/globals';
import { createRoot, flushSync } from '@wordpress/element';
import type { JobError } from '@email-gateway/shared';
import type * as Notice from './failure-notice.tsx';

// Loaded once, with WordPress's components: several seconds on a busy machine.
let notice: typeof Notice;
beforeAll( async () => {
	notice = await import( './failure-notice.tsx' );
}, 120_000 );

function textsOf( error: JobError, selector = 'p' ): string[] {
	const place = document.createElement( 'div' );
	const root = createRoot( place );
	flushSync( () => root.render( <notice.FailureNotice error={ error } /> ) );
	const told = [ ...place.querySelectorAll( selector ) ].map( ( { textContent } ) => textContent ?? '' );
	root.unmount();
	return told;
}

test.each( [ 'verify_failed', 'cancelled' ] as const )(
	'%s: where mail was saved is a sentence of its own',
	( code ) => {
		const savedQueue = '/var/lib/email-gateway-saved-queue-20261124T215900Z';
		expect( textsOf( { code, detail: { savedQueue }, changed: 'undone' } ).slice( 1, 3 ) ).toEqual( [
			'All changes were rolled back; no mail is lost.',
			`Waiting mail was saved in ${ savedQueue } on the server.`,
		] );
	}
);

test( 'a failure that saved no mail tells of none', () => {
	const told = textsOf( { code: 'verify_failed', detail: {}, changed: 'undone' } );
	expect( told[ 1 ] ).toBe( 'All changes were rolled back; no mail is lost.' );
	expect( told.join( ' ' ) ).not.toContain( 'saved' );
} );

test( 'what exactly was said does not say again where mail was saved', () => {
	const error = { code: 'verify_failed', changed: 'undone' } as const;
	const savedQueue = '/var/lib/saved';
	expect( textsOf( { ...error, detail: { reason: 'relayhost', savedQueue } }, 'pre' ) ).toEqual( [
		'reason: relayhost',
	] );
	expect( textsOf( { ...error, detail: { savedQueue } }, 'details' ) ).toEqual( [] );
} );
