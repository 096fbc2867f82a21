/** @jest-environment jsdom */
import { afterEach, describe, expect, test } from '@jest/globals';
import { createRoot } from '@wordpress/element';
import { button, exampleView, field, playBackend, type as typeInto, until } from '../server/screen.example.tsx';
import { SettingsScreen } from '../settings-screen.tsx';

let close = () => {};
afterEach( () => close() );

const code = 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789';
const none = { state: 'not_installed', installed: null, submitted: null, passwordSaved: false };
const bare = { ...exampleView( { gateway: none, defaultsSaved: false } ), connection: null };

function open( page: object, answers: Record< string, unknown > ) {
	window.history.replaceState( null, '', '/wp-admin/options-general.php?page=email-gateway' );
	window.sessionStorage.clear();
	window.emailGateway = {
		may: [ 'manage_site', 'manage_defaults', 'change_connection', 'run_gateway' ],
		...{ mayAddServers: true, settingsUrl: '/wp-admin/options-general.php?page=email-gateway' },
		...{ currentUserMail: 'me@example.com', servers: [], paired: true },
		...page,
	};
	Element.prototype.scrollIntoView ??= () => {};
	document.body.innerHTML = '<div id="settings"></div>';
	const sent = playBackend( answers );
	const root = createRoot( document.getElementById( 'settings' ) as HTMLElement );
	root.render( <SettingsScreen /> );
	close = () => root.unmount();
	return sent;
}

const states = () =>
	[ ...document.querySelectorAll< HTMLElement >( '[data-guide-step]' ) ].map( ( { dataset } ) => dataset.guideStep );
const current = () => document.querySelector( '[aria-current="step"]' )?.textContent ?? '';

describe( 'a first run', () => {
	test( 'begins with pairing, by the line that the backend prints, and leads on to the server', async () => {
		const sent = open( { paired: false }, { 'POST /pairing': { paired: true, backendUrl: 'https://b.example' } } );
		await until( () => states().join() === 'now,later,later' );
		typeInto( await until( () => field( 'Pairing Line' ) ), 'only-a-code' );
		button( 'Pair' )?.click();
		await until( () => current().includes( 'Paste the whole line' ) );
		typeInto( await until( () => field( 'Pairing Line' ) ), `https://b.example ${ code }\n` );
		button( 'Pair' )?.click();
		await until( () => states().join() === 'done,now,later' );
		expect( sent.find( ( { path } ) => path === '/pairing' )?.data ).toEqual( {
			...{ backendUrl: 'https://b.example', code },
		} );
		await until( () => document.activeElement?.textContent?.startsWith( 'Connect' ) );
	} );

	test( 'adds no server for a host that is none', async () => {
		const sent = open( {}, {} );
		( await until( () => button( 'Check Connection' ) ) ).click();
		await until( () => current().includes( 'This field is required' ) );
		typeInto( await until( () => field( 'Host' ) ), 'no host' );
		button( 'Check Connection' )?.click();
		await until( () => current().includes( 'Enter a host name such as web1.example.com' ) );
		expect( sent.filter( ( { method } ) => method === 'POST' ) ).toEqual( [] );
	} );

	test( 'one click adds a server with a password and checks it', async () => {
		const sent = open(
			{},
			{
				'POST /entries': { serverId: 12 },
				'GET /servers/12': bare,
				'PUT /servers/12/connection': { jobId: 'abc' },
				'GET /servers/12/jobs/abc': { job: null, events: [] },
			}
		);
		typeInto( await until( () => field( 'Host' ) ), '203.0.113.7' );
		const choice = document.querySelector< HTMLInputElement >( 'input[type="radio"][value="password"]' );
		choice?.click();
		typeInto( await until( () => field( 'SSH Password' ) ), 'secret' );
		button( 'Check Connection' )?.click();
		const saved = await until( () => sent.find( ( { path } ) => path === '/servers/12/connection' ) );
		expect( sent.find( ( { path } ) => path === '/entries' )?.data ).toEqual( { title: '203.0.113.7' } );
		expect( saved.data ).toMatchObject( {
			connection: { host: '203.0.113.7', signIn: { kind: 'password', password: { value: 'secret' } } },
		} );
	} );

	test( 'beside a panel it begins with one of its servers, whose address nobody types', async () => {
		const panel = { hasPanel: true, mayAddServers: false, connected: [] };
		const sent = open(
			{ ...panel, servers: [ 12, 13 ].map( ( id ) => ( { id, name: `web${ id }` } ) ) },
			{
				'GET /servers/12/address': { host: '203.0.113.7', sshPort: 22, sshUser: 'root' },
				'GET /servers/12': bare,
				'POST /servers/12/connection/check': { jobId: 'abc' },
			}
		);
		const choice = await until( () => field( 'Server to Begin With' ) as unknown as HTMLSelectElement );
		expect( sent ).toEqual( [] );
		choice.value = '12';
		choice.dispatchEvent( new Event( 'change', { bubbles: true } ) );
		await until( () => current().includes( '203.0.113.7' ) );
		expect( field( 'Host' ) ).toBeUndefined();
		( await until( () => button( 'Check Connection' ) ) ).click();
		await until( () => sent.some( ( { path } ) => path === '/servers/12/connection/check' ) );
		close();
		open( { ...panel, connected: [ 12, 13 ] }, {} );
		await until( () => button( 'Connection' ) );
		expect( button( 'Get Started' ) ).toBeUndefined();
	} );

	test( 'a proved server has all three ticks; with two servers nobody needs the guide', async () => {
		const proved = exampleView( {
			gateway: {
				lastTest: {
					...{ outcome: 'accepted', from: 'a@site.example', to: 'b@site.example', queueId: 'x', log: [] },
					...{ relay: null, tlsVersion: null, certificateName: null, handOverMs: 1, answerMs: 1 },
					...{ at: '2026-11-23T12:00:00Z', diagnosis: { cause: 'accepted', reply: '250 ok' } },
				},
			},
		} );
		open( { servers: [ { id: 12, name: 'web1' } ] }, { 'GET /servers/12': proved } );
		( await until( () => button( 'Get Started' ) ) ).click();
		await until( () => states().join() === 'done,done,done' );
		expect( document.body.textContent ).toContain( 'Mail of every site on web1 now goes through smtp.example.com' );
		close();
		open( { servers: [ 1, 2 ].map( ( id ) => ( { id, name: `web${ id }` } ) ) }, {} );
		await until( () => button( 'Connection' ) );
		expect( button( 'Get Started' ) ).toBeUndefined();
	} );
} );
