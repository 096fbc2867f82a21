import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ServerView } from '@email-gateway/shared';
import type { Browser } from 'playwright-core';
import { listenIn, openBrowser, screenshot, signIn } from './browser.ts';
import { changePassword, emptyInbox, messageWith } from './inbox.ts';
import type { LabServer } from '../state.ts';
import { runningLab } from './lab.ts';
import { readRest } from './rest.ts';
import { filesOfLabWith, processesWith } from './secrets.ts';
import { ServerScreen } from './server-screen.ts';
import { footprint, onServer, phpMail } from './server.ts';

const lab = runningLab();
const sendingDomain = 'site.example';
const hardPassword = 'p#$a:s "s\'`ü😀 <%41>';

describe.each( [ 'debian12', 'debian13' ] )( 'an administrator on a real %s', ( kind ) => {
	const server = lab.servers.find( ( one ) => one.kind === kind ) as LabServer;
	let browser: Browser;
	let screen: ServerScreen;
	let complaints: string[];
	let received: ReturnType< typeof listenIn >;
	let before: Awaited< ReturnType< typeof footprint > >;

	beforeAll( async () => {
		await changePassword( lab, lab.provider.password );
		await emptyInbox( lab );
		before = await footprint( server );
		browser = await openBrowser();
		const { url, adminUser, adminPassword } = lab.wordpress;
		const signedIn = await signIn( browser, { url, user: adminUser, password: adminPassword } );
		complaints = signedIn.complaints;
		received = listenIn( signedIn.page );
		screen = new ServerScreen( signedIn.page, lab, server );
		await screen.open();
	}, 120_000 );

	afterAll( async () => {
		await browser?.close();
		await changePassword( lab, lab.provider.password );
	} );

	test( 'installs the gateway and watches it happen', async () => {
		await screenshot( screen.page, `${ kind }-1-not-installed` );
		await screen.fill( { password: lab.provider.password, sendingDomain } );
		await screen.begin( 'install_gateway', screen.button( 'Install Email Gateway' ) );
		await screen.gateway.locator( '[data-step="packages"]' ).waitFor();
		await screenshot( screen.page, `${ kind }-2-installing` );
		await screen.ends( 'install_gateway' );
		await screen.button( 'Reinstall Email Gateway' ).waitFor();
		await screenshot( screen.page, `${ kind }-3-installed` );
		const parameter = await onServer( server, 'postconf -h smtp_tls_security_level inet_interfaces' );
		expect( parameter ).toBe( 'secure\nloopback-only\n' );
	}, 240_000 );

	test( 'a test email is accepted by the provider and lies in its inbox', async () => {
		const to = `proof-${ kind }@recipient.example`;
		expect( await screen.sendTest( { from: `site@${ sendingDomain }`, to } ) ).toBe( 'accepted' );
		await screenshot( screen.page, `${ kind }-4-accepted` );
		expect( await screen.gateway.textContent() ).toMatch( /250 2\.0\.0 Ok: queued as/ );
		const inbox = await fetch( `${ lab.provider.inboxUrl }/messages` );
		const [ newest ] = ( await inbox.json() ) as Array< { to: string[]; tls: string; authUser: string } >;
		expect( newest ).toMatchObject( { to: [ to ], tls: 'TLSv1.3', authUser: lab.provider.user } );
	}, 120_000 );

	test( 'Postfix stopped by hand is seen without a click; Reinstall starts it', async () => {
		const path = `/servers/${ server.postId }`;
		const seen = () => readRest< ServerView >( screen.page, path );
		// the job looks first, and the look that follows each job finds what was done meanwhile
		await screen.begin( 'check_settings', screen.button( 'Check Settings' ).first() );
		await onServer( server, 'systemctl stop postfix' );
		await screen.ends( 'check_settings' );
		const { job } = await seen();
		const end = Date.now() + 120_000;
		let view = await seen();
		while ( ( view.connection?.lastLook?.at ?? '' ) <= ( job?.finishedAt ?? '' ) && Date.now() < end ) {
			await pause( 500 );
			view = await seen();
		}
		expect( view.gateway.state ).toBe( 'stopped' );
		await screen.open();
		await screen.gateway.getByText( 'Stopped', { exact: true } ).waitFor();
		await screen.gateway.getByText( 'Postfix is not running' ).waitFor();
		await screenshot( screen.page, `${ kind }-stopped` );
		await screen.button( 'Reinstall Email Gateway' ).click();
		await screen.begin( 'install_gateway', screen.button( 'Reinstall' ) );
		await screen.ends( 'install_gateway' );
		const again = { from: `site@${ sendingDomain }`, to: `again-${ kind }@recipient.example` };
		expect( await screen.sendTest( again ) ).toBe( 'accepted' );
		await screen.gateway.getByText( 'Working', { exact: true } ).waitFor();
		expect( await onServer( server, 'systemctl is-active postfix' ) ).toBe( 'active\n' );
	}, 300_000 );

	test( 'a site’s own PHP mail() arrives too, from an address of the sending domain', async () => {
		await phpMail( server, 'reader@recipient.example', `from php on ${ kind }` );
		const message = await messageWith( lab, { subject: `from php on ${ kind }` } );
		expect( message.from ).toBe( `www-data@${ sendingDomain }` );
	}, 120_000 );

	test( 'a changed password at the provider makes mail wait, with the reason; a reinstall delivers it', async () => {
		await changePassword( lab, hardPassword );
		const to = `waiting-${ kind }@recipient.example`;
		expect( await screen.sendTest( { from: `site@${ sendingDomain }`, to } ) ).toBe( 'waiting' );
		await screenshot( screen.page, `${ kind }-5-waiting` );
		expect( await screen.gateway.textContent() ).toMatch( /wrong user or password/i );
		await screen.fill( { password: hardPassword, sendingDomain } );
		await screen.button( 'Reinstall Email Gateway' ).click();
		await screenshot( screen.page, `${ kind }-6-confirm-reinstall` );
		// Postfix tries by itself after half a minute: this one surely waits until the new password is there
		await phpMail( server, to, 'waits' );
		await screen.begin( 'install_gateway', screen.button( 'Reinstall' ) );
		await screen.ends( 'install_gateway' );
		await screen.gateway.getByText( /waiting messages? delivered/ ).waitFor();
		await screenshot( screen.page, `${ kind }-7-waiting-delivered` );
		const inbox = await fetch( `${ lab.provider.inboxUrl }/messages` );
		const messages = ( await inbox.json() ) as Array< { to: string[] } >;
		expect( messages.filter( ( message ) => message.to.includes( to ) ) ).toHaveLength( 2 );
	}, 300_000 );

	test( 'Remove leaves the server as it was before', async () => {
		await screen.button( 'Remove Email Gateway' ).click();
		await screenshot( screen.page, `${ kind }-8-confirm-remove` );
		await screen.begin( 'remove_gateway', screen.button( 'Remove' ) );
		await screen.ends( 'remove_gateway' );
		await screen.button( 'Install Email Gateway' ).waitFor();
		await screenshot( screen.page, `${ kind }-9-removed` );
		expect( await footprint( server ) ).toEqual( before );
	}, 240_000 );

	test( 'no password that was typed came back, or lies in a file, log, argument or environment of ours', async () => {
		const everything = await received.everything();
		expect( everything ).toContain( '"passwordSaved":true' );
		for ( const password of [ lab.provider.password, hardPassword ] ) {
			for ( const form of [
				password,
				JSON.stringify( password ).slice( 1, -1 ),
				encodeURIComponent( password ),
			] ) {
				expect( everything.includes( form ) ).toBe( false );
			}
		}
		const typed = [ lab.provider.password, hardPassword ];
		// the provider's own files, and the lab's notes for whoever signs in: the search does find what there is
		const notes = [ 'provider/accounts.json', 'provider/first-password', 'state.json', 'status.json' ];
		expect( await filesOfLabWith( typed ) ).toEqual( notes );
		expect( await processesWith( typed ) ).toEqual( [] );
	}, 120_000 );

	test( 'the screen complained of nothing', () => {
		expect( complaints ).toEqual( [] );
	} );
} );
