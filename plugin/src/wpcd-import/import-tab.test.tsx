/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import apiFetch from '@wordpress/api-fetch';
import { createRoot } from '@wordpress/element';
import { button, until } from '../server/screen.example.tsx';
import { ImportTab } from './import-tab.tsx';

const saved = { smtpServer: 'smtp.one.example', smtpPort: 587, userName: 'one', sendingDomain: 'one.example' };
const serverRow = ( serverId: number ) => ( {
	...saved,
	serverId,
	title: `web${ serverId }`,
	url: `/post.php?post=${ serverId }`,
} );
const job = ( change: object, events: object[] = [] ) => ( {
	job: { jobId: 'a', state: 'succeeded', error: null, result: null, ...change },
	events,
} );

let asked: string[] = [];
let answers: Record< string, unknown > = {};
let close = () => {};
beforeEach( () => {
	asked = [];
	answers = {
		'GET /wpcd-import': { defaults: saved, servers: [ 1, 2, 3 ].map( serverRow ) },
		'POST /wpcd-import/defaults': { accounts: [ { ...saved, version: 1 } ] },
		'POST /wpcd-import/servers/1': { jobId: 'a' },
		'GET /servers/1/jobs/a': job( {} ),
		'POST /wpcd-import/servers/2': { jobId: 'b' },
		'GET /servers/2/jobs/b': job( {
			state: 'failed',
			error: { code: 'provider_login_refused', detail: { cause: 'wrong_credentials' }, changed: 'nothing' },
		} ),
	};
	apiFetch.setFetchHandler( async ( { path = '', method = 'GET', headers } ) => {
		const verb = ( headers as Record< string, string > )?.[ 'X-HTTP-Method-Override' ] ?? method;
		const name = `${ verb } ${ path.replace( '/email-gateway/v1', '' ).replace( /\?.*/, '' ) }`;
		asked.push( name );
		return (
			answers[ name ] ?? Promise.reject( { code: 'host_key_not_trusted', message: '', data: { status: 409 } } )
		);
	} );
	document.body.innerHTML = '<div id="tab"></div>';
	const root = createRoot( document.getElementById( 'tab' ) as HTMLElement );
	root.render( <ImportTab /> );
	close = () => root.unmount();
} );
afterEach( () => close() );

const rowOf = ( serverId: number ) => document.querySelector< HTMLElement >( `tr[data-server-id="${ serverId }"]` );
const box = ( label: string ) =>
	[ ...document.querySelectorAll( 'label' ) ].find( ( one ) => one.textContent === label )
		?.control as HTMLInputElement;

describe( 'Import from WPCloudDeploy', () => {
	test( 'installs on the chosen servers only, after a yes, and tells of each how it ended', async () => {
		( await until( () => box( 'Server' ) ) ).click();
		const install = await until( () => button( 'Install on Chosen Servers' ) );
		install.click();
		await until( () => document.body.textContent?.includes( 'Install our gateway on 3 servers?' ) );
		expect( asked ).toEqual( [ 'GET /wpcd-import' ] );
		button( 'Install' )?.click();
		await until( () => rowOf( 1 )?.dataset.progress === 'installed' );
		await until( () => rowOf( 2 )?.dataset.progress === 'failed' );
		await until( () => rowOf( 3 )?.dataset.progress === 'refused' );
		expect( rowOf( 2 )?.textContent ).toMatch( /password/i );
		expect( rowOf( 3 )?.textContent ).toContain( 'The host key of this server is not trusted yet.' );
		expect( rowOf( 3 )?.querySelector( 'a' )?.getAttribute( 'href' ) ).toBe( '/post.php?post=3' );
	} );

	test.each( [
		[ 'succeeded', 'installed', job( { result: { verb: 'install_gateway', savedQueue: '/var/lib/saved' } } ) ],
		[
			'failed',
			'failed',
			job( {
				state: 'failed',
				error: { code: 'verify_failed', detail: { savedQueue: '/var/lib/saved' }, changed: 'undone' },
			} ),
		],
		[
			'cancelled',
			'failed',
			job( { state: 'cancelled' }, [
				{ seq: 1, type: 'cancelled', changed: 'undone', detail: { savedQueue: '/var/lib/saved' } },
			] ),
		],
	] )( 'tells where a job that ended as %s saved mail', async ( _, progress, answer ) => {
		answers[ 'GET /servers/1/jobs/a' ] = answer;
		( await until( () => box( 'web1' ) ) ).click();
		( await until( () => button( 'Install on Chosen Servers' ) ) ).click();
		( await until( () => button( 'Install' ) ) ).click();
		await until( () => rowOf( 1 )?.dataset.progress === progress );
		expect( rowOf( 1 )?.textContent ).toContain( 'Waiting mail was saved in /var/lib/saved on the server.' );
	} );

	test( 'takes the defaults by a button of their own', async () => {
		( await until( () => button( 'Import Defaults' ) ) ).click();
		await until( () => document.body.textContent?.includes( 'Saved as the default credentials.' ) );
		expect( asked ).toEqual( [ 'GET /wpcd-import', 'POST /wpcd-import/defaults' ] );
	} );
} );
