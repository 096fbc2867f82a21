/** @jest-environment jsdom */
import { beforeAll, expect, jest, test } from '@jest/globals';
import type { OfferedAccount } from '@email-gateway/shared';
import { job } from '../screens/state.ts';
import type * as Example from './screen.example.tsx';

jest.setTimeout( 120_000 );

let example: typeof Example;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
} );

const account = ( name: string, isDefault: boolean ): OfferedAccount => ( {
	...{ id: `00000000-0000-4000-8000-00000000000${ name.length }`, name, isDefault },
	...{ smtpServer: 'smtp.example.com', smtpPort: 587, userName: 'all', sendingDomain: 'site.example' },
} );
const none = { state: 'not_installed', installed: null, submitted: null, passwordSaved: false };
const refusal = { code: 'provider_login_refused', detail: {}, changed: 'nothing' } as const;

function open( change: object ) {
	const view = example.exampleView( {
		accounts: [ account( 'Defaults', true ), account( 'EU', false ) ],
		...change,
	} );
	const events = [ { seq: 1, at: view.job?.createdAt, type: 'step_finished', step: 'look', detail: {} } ];
	return example.openScreen( { page: { view }, answers: { 'GET /servers/12/jobs/abc': { job: view.job, events } } } );
}

test.each( [
	[ 'with a gateway', { job: job( {} ) } ],
	[ 'with an empty form', { gateway: none } ],
	[ 'whose last change failed', { gateway: none, job: job( { state: 'failed', error: refusal } ) } ],
] )( 'a server %s asks nothing before the person does: what there is came with the page', async ( _name, change ) => {
	const { gateway, sent, close } = open( change );
	await example.until( () => example.button( 'Load Account', gateway ) );
	// a tab that was opened behind another one comes to the front
	document.dispatchEvent( new Event( 'visibilitychange' ) );
	await example.until( () => example.button( 'Check Settings', gateway ) );
	expect( sent ).toEqual( [] );
	close();
} );

test( 'an empty form says what Load Defaults would fill in', async () => {
	const { gateway, close } = open( { gateway: none } );
	await example.until( () => gateway.textContent?.includes( 'smtp.example.com:587 as all, for site.example' ) );
	close();
} );

test( 'the steps of a change that failed before are read when they are opened', async () => {
	const { gateway, sent, close } = open( { gateway: none, job: job( { state: 'failed', error: refusal } ) } );
	const steps = await example.until( () => example.disclosure( 'Steps', gateway ) );
	expect( sent ).toEqual( [] );
	steps.open = true;
	steps.dispatchEvent( new Event( 'toggle' ) );
	await example.until( () => steps.querySelector( '[data-step="look"]' ) );
	close();
} );
