/** @jest-environment jsdom */
import { beforeAll, expect, jest, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';
import type * as States from '../screens/own-alert-states.ts';

jest.setTimeout( 120_000 );

let example: typeof Example;
let states: typeof States;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
	states = await import( '../screens/own-alert-states.ts' );
} );

const summary = 'Tell Me When Something Is Wrong';

async function openAlerts( answers: object ) {
	const screen = example.openScreen( {
		page: states.ownerOnPage,
		answers: { 'GET /servers/12': example.exampleView(), ...answers },
	} );
	const alerts = await example.until( () => example.disclosure( summary, screen.gateway ) );
	alerts.open = true;
	alerts.dispatchEvent( new Event( 'toggle' ) );
	await example.until( () => example.button( 'Add Channel', alerts ) );
	return { ...screen, alerts };
}

test( 'one click has alerts emailed to the person’s own address, and it is tested like any channel', async () => {
	const saved = states.ownAlerts( {
		channels: [ states.ownChannel( 1, { kind: 'email', shown: 'ann@example.org' } ) ],
	} );
	const { alerts, sent, close } = await openAlerts( {
		'GET /servers/12/alerts': states.ownAlerts(),
		'PUT /servers/12/alerts': saved,
		'POST /servers/12/alerts/test': saved,
	} );
	( await example.until( () => example.button( 'Email Me at ann@example.org', alerts ) ) ).click();
	await example.until( () => alerts.textContent?.includes( 'Press Send a Test Alert' ) );
	expect( sent.at( -1 ) ).toEqual( {
		...{ method: 'PUT', path: '/servers/12/alerts' },
		data: { id: null, name: '', weekly: false, target: { kind: 'email' } },
	} );
	// it is there, so it is offered no more
	expect( example.button( 'Email Me at ann@example.org', alerts ) ).toBeUndefined();
	( await example.until( () => example.button( 'Send a Test Alert', alerts ) ) ).click();
	await example.until( () => sent.some( ( { path } ) => path === '/servers/12/alerts/test' ) );
	close();
} );

test( 'a webhook is added without a word of owners or accounts, and its signing secret is told once', async () => {
	const { alerts, sent, close } = await openAlerts( {
		'GET /servers/12/alerts': states.ownAlerts( { mail: null } ),
		'PUT /servers/12/alerts': states.ownAlerts( {
			...{ mail: null, channels: [ states.ownChannel( 1 ) ], signingSecret: 'whsec_only_once' },
		} ),
	} );
	expect( alerts.textContent ).not.toContain( 'Email Me' );
	example.button( 'Add Channel', alerts )?.click();
	const url = await example.until( () => example.field( 'URL', alerts ) );
	expect( alerts.textContent ).not.toMatch( /Account|Whose Servers|weekly/ );
	example.type( url, 'https://hooks.example/abc' );
	example.button( 'Add This Channel', alerts )?.click();
	await example.until( () => alerts.querySelector( 'textarea[aria-label="Signing secret"]' ) );
	expect( sent.at( -1 )?.data ).toEqual( {
		...{ id: null, name: '', weekly: false },
		target: { kind: 'webhook', url: 'https://hooks.example/abc' },
	} );
	close();
} );

test( 'an email that was not sent says whom to tell, and nothing of the provider', async () => {
	const email = states.ownChannel( 1, {
		...{ kind: 'email', shown: 'ann@example.org' },
		lastDelivery: { at: new Date().toISOString(), outcome: 'failed', answer: 'not_sent', isTest: false },
	} );
	const { alerts, close } = await openAlerts( {
		'GET /servers/12/alerts': states.ownAlerts( { channels: [ email ] } ),
	} );
	await example.until( () => alerts.textContent?.includes( 'Ask an administrator of this site.' ) );
	close();
} );

test.each( [
	[ 'who manages the site, who has the alerts of all servers', { ownsServer: true } ],
	[ 'whom a team lets run it', { may: [ 'run_gateway' as const ], ownsServer: false } ],
] )( 'it is not there for %s', async ( _who, page ) => {
	const { gateway, close } = example.openScreen( { page, answers: { 'GET /servers/12': example.exampleView() } } );
	await example.until( () => example.button( 'Reinstall Email Gateway', gateway ) );
	expect( example.disclosure( summary, gateway ) ).toBeUndefined();
	close();
} );
