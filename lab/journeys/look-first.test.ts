import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { autoconfigDomains } from '../network/mail-domains.ts';
import { blockPorts } from '../servers/firewall.ts';
import type { LabServer } from '../state.ts';
import { openBrowser, screenshot, signIn } from './browser.ts';
import { changePassword } from './inbox.ts';
import { runningLab } from './lab.ts';
import { ServerScreen } from './server-screen.ts';
import { footprint } from './server.ts';
import { SettingsScreen } from './settings-screen.ts';

const lab = runningLab();
const server = lab.servers.find( ( one ) => one.owner === 'admin' ) as LabServer;

describe( 'before anything is changed', () => {
	let browser: Browser;
	let screen: ServerScreen;
	let settings: SettingsScreen;
	let complaints: string[];
	let before: Awaited< ReturnType< typeof footprint > >;

	beforeAll( async () => {
		await changePassword( lab, lab.provider.password );
		before = await footprint( server );
		browser = await openBrowser();
		const { url, adminUser: user, adminPassword: password } = lab.wordpress;
		const signedIn = await signIn( browser, { url, user, password } );
		complaints = signedIn.complaints;
		screen = new ServerScreen( signedIn.page, lab, server );
		settings = new SettingsScreen( signedIn.page, lab );
		await screen.open();
	}, 120_000 );

	afterAll( async () => {
		await blockPorts( server.name, [] );
		await browser?.close();
	} );

	const value = ( label: string ) => screen.gateway.getByLabel( label, { exact: true } ).inputValue();

	test( 'a mail domain tells its server by a file over https, with a certificate of its own authority', async () => {
		const address = `me@${ autoconfigDomains.ownHost }`;
		await screen.find( address );
		await screen.gateway.getByText( 'as the domain itself says' ).waitFor();
		expect( [ await value( 'SMTP Server' ), await value( 'SMTP Port' ), await value( 'User Name' ) ] ).toEqual( [
			lab.provider.host,
			'465',
			address,
		] );
		await screenshot( screen.page, 'look-first-1-found' );
	}, 60_000 );

	test( 'a domain that names a server inside somebody’s network is not followed', async () => {
		await screen.find( `me@${ autoconfigDomains.inner }` );
		await screen.gateway.getByText( 'This domain publishes no mail settings.' ).waitFor();
		expect( await value( 'SMTP Server' ) ).toBe( lab.provider.host );
	}, 60_000 );

	test( 'the provider is looked at from the server, and the Sending Domain in DNS', async () => {
		await screen.fill( { password: lab.provider.password, sendingDomain: 'dmarc-quarantine.test' } );
		await screen.check();
		const seen = await screen.gateway.locator( '.email-gateway-checked' ).allTextContents();
		expect( seen[ 0 ] ).toMatch( /Port 587.*Open, encrypted by STARTTLS.*TLSv1\.3.*Login.*Accepted/ );
		expect( seen[ 1 ] ).toMatch( /By the DMARC policy of dmarc-quarantine\.test \(“quarantine”\)/ );
		await screenshot( screen.page, 'look-first-2-checked' );
	}, 60_000 );

	test( 'the record to add is told for a provider that is known, though it cannot be reached from here', async () => {
		await screen.gateway.getByLabel( 'SMTP Server' ).fill( 'smtp.gmail.com' );
		await screen.gateway.getByLabel( 'Password', { exact: true } ).fill( 'abcd efgh ijkl mnop' );
		await screen.gateway.getByLabel( 'Sending Domain' ).fill( 'spf-softfail.test' );
		await screen.check();
		await screen.gateway.getByText( 'The server finds no provider with the name' ).waitFor();
		expect( await value( 'spf-softfail.test' ) ).toBe( 'v=spf1 ip4:203.0.113.77 include:_spf.google.com ~all' );
		await screenshot( screen.page, 'look-first-3-record-to-add' );
	}, 60_000 );

	test( 'where the cloud blocks a port, one click takes the open one', async () => {
		await screen.fill( { password: lab.provider.password, sendingDomain: 'sender-good.test' } );
		await blockPorts( server.name, [ 587 ] );
		await screen.check();
		await screenshot( screen.page, 'look-first-4-blocked' );
		await screen.button( 'Use Port 465' ).click();
		expect( await value( 'SMTP Port' ) ).toBe( '465' );
		await screen.check();
		await screen.gateway.getByText( 'The provider accepted the login from this server.' ).waitFor();
	}, 120_000 );

	test( 'the defaults find their server as well, before there is any gateway', async () => {
		await settings.open();
		await settings.find( 'me@by-srv.test' );
		await settings.app.getByText( 'as the DNS of this domain says' ).waitFor();
		expect( await settings.app.getByLabel( 'SMTP Server' ).inputValue() ).toBe( lab.provider.host );
		await screenshot( settings.page, 'look-first-5-defaults-found' );
		// values that nobody saved shall not hold up the next page
		settings.page.once( 'dialog', ( dialog ) => void dialog.accept() );
		await screen.open();
	}, 60_000 );

	test( 'and nothing on the server has changed; no screen complained', async () => {
		expect( await footprint( server ) ).toEqual( before );
		expect( complaints ).toEqual( [] );
	}, 60_000 );
} );
