import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ServerView } from '@email-gateway/shared';
import type { Browser, Page } from 'playwright-core';
import type { LabServer } from '../state.ts';
import { listenIn, openBrowser, screenshot, signIn } from './browser.ts';
import { changePassword } from './inbox.ts';
import { runningLab } from './lab.ts';
import { askRest, readRest } from './rest.ts';
import { ServerScreen } from './server-screen.ts';
import { onServer } from './server.ts';
import { SettingsScreen } from './settings-screen.ts';
import { giveRole, runShop } from './shop.ts';

const lab = runningLab();
const ofAdmin = lab.servers.find( ( server ) => server.owner === 'admin' ) as LabServer;
const ofCustomer = lab.servers.find( ( server ) => server.owner === 'customer' ) as LabServer;
const { url, adminUser, adminPassword, customerUser, customerPassword } = lab.wordpress;

/** Values that stand nowhere else, so that finding one tells where it came from. */
const hidden = {
	userName: 'hidden-user@provider.test',
	password: `hidden ${ randomBytes( 9 ).toString( 'base64url' ) } #$:`,
	sendingDomain: 'hidden-domain.example',
	note: 'hidden-note',
};
const defaults = { smtpServer: lab.provider.host, smtpPort: lab.provider.port, ...hidden };

describe( 'default credentials, beside a shop', () => {
	let browser: Browser;
	let owner: Page;
	let customer: Page;
	let settings: SettingsScreen;
	let own: ServerScreen;
	let bought: ServerScreen;
	let received: ReturnType< typeof listenIn >;
	const complaints: string[][] = [];

	const openAs = async ( user: string, password: string ) => {
		const signedIn = await signIn( browser, { url, user, password } );
		complaints.push( signedIn.complaints );
		return signedIn.page;
	};
	const viewOfCustomer = () => readRest< ServerView >( customer, `/servers/${ ofCustomer.postId }` );

	beforeAll( async () => {
		await changePassword( lab, hidden.password, hidden.userName );
		browser = await openBrowser();
		owner = await openAs( adminUser, adminPassword );
		await runShop( owner, url, true );
		await giveRole( owner, url, customerUser, 'customer' );
		customer = await openAs( customerUser, customerPassword );
		received = listenIn( customer );
		settings = new SettingsScreen( owner, lab );
		own = new ServerScreen( owner, lab, ofAdmin );
		bought = new ServerScreen( customer, lab, ofCustomer );
	}, 120_000 );

	afterAll( async () => {
		try {
			await settings.open();
			await settings.offer( false );
			await giveRole( owner, url, customerUser, 'subscriber' );
			await runShop( owner, url, false );
		} finally {
			await browser?.close();
		}
	}, 120_000 );

	test( 'the shop keeps its customers out of wp-admin, but for the screens of their servers', async () => {
		for ( const page of [ '', 'profile.php' ] ) {
			await customer.goto( `${ url }/wp-admin/${ page }` );
			expect( new URL( customer.url() ).pathname ).not.toContain( '/wp-admin' );
		}
		// WordPress itself refuses what a role may not open, before a shop hears of it
		expect( ( await customer.goto( `${ url }/wp-admin/edit.php` ) )?.status() ).toBe( 403 );
		await bought.open( bought.connection );
		await screenshot( customer, 'shop-1-customer' );
		await customer.goto( `${ url }/wp-admin/edit.php?post_type=email_gateway_server` );
		await expect( customer.locator( '.row-title' ).allTextContents() ).resolves.toEqual( [ ofCustomer.name ] );
	}, 120_000 );

	test( 'the site owner saves them once; leaving with unsaved values asks first', async () => {
		await settings.open();
		await settings.fill( defaults );
		const asked = new Promise< string >( ( resolve ) => {
			owner.once( 'dialog', ( dialog ) => {
				resolve( dialog.type() );
				void dialog.dismiss();
			} );
		} );
		await owner.goto( `${ url }/wp-admin/` ).catch( () => null );
		expect( await asked ).toBe( 'beforeunload' );
		expect( await settings.app.getByLabel( 'User Name' ).inputValue() ).toBe( hidden.userName );
		await settings.save();
		expect( await settings.app.getByLabel( 'Password', { exact: true } ).inputValue() ).toBe( '' );
		// beside a shop the page tells who sees the button now
		await settings.app.getByText( 'Load Defaults is shown to these roles now: Administrator.' ).waitFor();
		await screenshot( owner, 'defaults-1-saved' );
	}, 120_000 );

	test( 'fill the form of a server with one click, and install', async () => {
		await own.open();
		await own.button( 'Load Defaults' ).click();
		await own.gateway.getByText( 'The saved password of the account is used.' ).waitFor();
		expect( await own.gateway.getByLabel( 'User Name' ).inputValue() ).toBe( hidden.userName );
		await own.install();
		await settings.open();
		await settings.app.getByText( 'Used by 1 server.', { exact: true } ).waitFor();
	}, 240_000 );

	test( 'saved again, they change no server: the screen says so, and one button brings them there', async () => {
		await settings.fill( { note: 'hidden-note, changed' } );
		await settings.save();
		await settings.app.getByText( 'Used by 1 server. 1 server has older values.', { exact: true } ).waitFor();
		await screenshot( owner, 'defaults-2-older-values' );
		await own.open();
		await own.gateway.getByText( 'This server uses older values of the account Defaults' ).first().waitFor();
		await screenshot( owner, 'defaults-3-server-uses-older' );
		await own.button( 'Load Account and Reinstall' ).click();
		await own.begin( 'install_gateway', own.button( 'Reinstall' ) );
		await own.ends( 'install_gateway' );
		await own.button( 'Load Account and Reinstall' ).waitFor( { state: 'detached' } );
		await settings.open();
		await settings.app.getByText( 'Used by 1 server.', { exact: true } ).waitFor();
	}, 240_000 );

	test( 'a customer of the shop reaches the bought server only, and nothing of the defaults', async () => {
		await customer.goto( `${ url }/wp-admin/` );
		expect( customer.url() ).not.toContain( 'wp-admin' );
		await bought.open();
		expect( await bought.button( 'Load Defaults' ).count() ).toBe( 0 );
		const named = { id: null, name: 'Mine', isDefault: true, dailyLimit: null };
		const account = { ...named, ...defaults, note: '', password: { use: 'saved' } };
		const tries = [
			{ path: '/accounts' },
			{ path: '/accounts', method: 'PUT', data: { account } },
			{ path: '/accounts/offer', method: 'PUT', data: { customersMayUse: true } },
			{ path: '/pairing' },
			{ path: '/site' },
			{ path: `/servers/${ ofAdmin.postId }` },
			{ path: `/servers?ids=${ ofCustomer.postId },${ ofAdmin.postId }` },
			{ path: `/servers/${ ofCustomer.postId }/audit` },
			{ path: `/servers/${ ofCustomer.postId }/gateway/included`, method: 'POST', data: {} },
		];
		for ( const asked of tries ) {
			expect( [ asked, await askRest( customer, asked ) ] ).toMatchObject( [ asked, { data: { status: 403 } } ] );
		}
	}, 120_000 );

	test( 'offered, the customer gets one choice in place of the fields', async () => {
		await settings.offer( true );
		await screenshot( owner, 'defaults-4-offered' );
		await bought.open( bought.button( 'Use the Included Gateway' ) );
		expect( await bought.gateway.getByRole( 'textbox' ).count() ).toBe( 0 );
		await screenshot( customer, 'included-1-offered' );
		await bought.begin( 'install_gateway', bought.button( 'Use the Included Gateway' ) );
		await bought.ends( 'install_gateway' );
		await bought.button( 'Send Test Email' ).waitFor();
		await screenshot( customer, 'included-2-installed' );
		expect( await viewOfCustomer() ).toMatchObject( { gateway: { included: 'in_use', installed: null } } );
		const map = await onServer( ofCustomer, 'cat /etc/postfix/*sasl* /etc/postfix/*/*sasl* 2>/dev/null || true' );
		expect( map ).toContain( hidden.userName );
	}, 240_000 );

	test( 'its test email is followed like any other, and tells none of the provider', async () => {
		expect( await bought.sendTest( { to: 'included@recipient.example' } ) ).toBe( 'accepted' );
		await screenshot( customer, 'included-3-accepted' );
		const inbox = await fetch( `${ lab.provider.inboxUrl }/messages` );
		const [ newest ] = ( await inbox.json() ) as Array< { from: string; to: string[]; authUser: string } >;
		expect( newest ).toMatchObject( {
			from: `wordpress@${ hidden.sendingDomain }`,
			to: [ 'included@recipient.example' ],
			authUser: hidden.userName,
		} );
		await changePassword( lab, 'another one', hidden.userName );
		expect( await bought.sendTest( { to: 'waiting@recipient.example' } ) ).toBe( 'waiting' );
		await bought.gateway.getByText( 'inform its owner.' ).waitFor();
		await screenshot( customer, 'included-4-waiting' );
		// an install that fails at the provider tells its own words as little
		await bought.button( 'Reinstall Email Gateway' ).click();
		await bought.begin( 'install_gateway', bought.button( 'Reinstall' ) );
		await expect( bought.ends( 'install_gateway' ) ).rejects.toThrow( /refused the login/ );
		await screenshot( customer, 'included-5-refused' );
		await changePassword( lab, hidden.password, hidden.userName );
	}, 240_000 );

	test( 'withdrawn, it goes on, and can be removed', async () => {
		await settings.open();
		await settings.offer( false );
		await bought.open( bought.button( 'Remove Email Gateway' ) );
		expect( await bought.button( 'Reinstall Email Gateway' ).count() ).toBe( 0 );
		await screenshot( customer, 'included-6-withdrawn' );
		await bought.button( 'Remove Email Gateway' ).click();
		await customer.getByText( 'If mail is waiting, save it on the server' ).click();
		await bought.begin( 'remove_gateway', bought.button( 'Remove' ) );
		await bought.ends( 'remove_gateway' );
		await bought.button( 'Install Email Gateway' ).waitFor();
	}, 240_000 );

	test( 'nothing that came back to the customer in all this holds a value of the defaults', async () => {
		// every job of the own server, from its first event
		const jobs = new Set( ( await received.everything() ).match( /(?<=\/jobs\/)[0-9a-f-]{36}/g ) );
		const told: string[] = [];
		for ( const jobId of jobs ) {
			const path = `/servers/${ ofCustomer.postId }/jobs/${ jobId }?after=0`;
			told.push( JSON.stringify( await askRest( customer, { path } ) ) );
		}
		expect( told.length ).toBeGreaterThan( 3 );
		// what the server and the provider said of it names them as well
		expect( told.join( '\n' ) ).not.toMatch( new RegExp( `${ lab.provider.host }|queued as|5\\.7\\.8 ` ) );
		const everything = await received.everything();
		expect( everything ).toContain( 'wrong_credentials' );
		for ( const value of [ ...Object.values( hidden ), hidden.password.slice( 0, 15 ) ] ) {
			for ( const form of [ value, encodeURIComponent( value ), JSON.stringify( value ).slice( 1, -1 ) ] ) {
				expect( [ value, everything.indexOf( form ) ] ).toEqual( [ value, -1 ] );
			}
		}
	}, 120_000 );

	test( 'Remove takes them off the owner’s server, too; no screen complained', async () => {
		await own.open();
		await own.remove();
		expect( complaints.flat() ).toEqual( [] );
	}, 240_000 );
} );
