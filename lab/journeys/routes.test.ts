import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AccountsView } from '@email-gateway/shared';
import type { Browser, Locator } from 'playwright-core';
import type { LabServer } from '../state.ts';
import { openBrowser, screenshot, signIn } from './browser.ts';
import { changePassword, emptyInbox, messageWith } from './inbox.ts';
import { runningLab } from './lab.ts';
import { askRest } from './rest.ts';
import { ServerScreen } from './server-screen.ts';
import { onServer } from './server.ts';
import { forgetSites, mailOf, makeSites } from './two-users.ts';

const lab = runningLab();
const server = lab.servers.find( ( { owner } ) => owner === 'admin' ) as LabServer;
const ofShop = { userName: 'shop@provider.example', password: 'the password of the shop' };
const domains = [ 'shop-a.example', 'shop-b.example' ];

const mail = ( domain: string, subject: string, from?: string ) =>
	mailOf( server, domain, { subject, ...( from === undefined ? {} : { from } ) } );
const accountOf = async ( subject: string ) => ( await messageWith( lab, { subject } ) ).authUser;

describe( 'an administrator gives one site of a server an account of its own', () => {
	let browser: Browser;
	let screen: ServerScreen;
	let sites: Locator;

	beforeAll( async () => {
		await emptyInbox( lab );
		await changePassword( lab, lab.provider.password );
		await changePassword( lab, ofShop.password, ofShop.userName );
		await makeSites( server, domains );
		browser = await openBrowser();
		const { url, adminUser, adminPassword } = lab.wordpress;
		const { page } = await signIn( browser, { url, user: adminUser, password: adminPassword } );
		screen = new ServerScreen( page, lab, server );
		await screen.open();
		await screen.fill( { password: lab.provider.password, sendingDomain: 'site.example' } );
		await screen.install();
		const { host: smtpServer, port: smtpPort } = lab.provider;
		const account = {
			...{ id: null, name: 'The shop', isDefault: false, dailyLimit: null, smtpServer, smtpPort, note: '' },
			...{ userName: ofShop.userName, sendingDomain: 'shop-a.example' },
			password: { use: 'typed', value: ofShop.password },
		};
		const { accounts } = ( await askRest( page, {
			path: '/accounts',
			method: 'PUT',
			data: { account },
		} ) ) as AccountsView;
		expect( accounts.map( ( { name } ) => name ) ).toContain( 'The shop' );
		sites = screen.gateway.locator( 'details', { hasText: 'Sites on This Server' } );
	}, 300_000 );

	afterAll( async () => {
		// what was held for its sender stays held, and a gateway is not removed while mail waits
		await onServer( server, 'postsuper -d ALL' );
		await screen.remove();
		const { accounts } = ( await askRest( screen.page, { path: '/accounts' } ) ) as AccountsView;
		const id = accounts.find( ( { name } ) => name === 'The shop' )?.id;
		await askRest( screen.page, { path: '/accounts/delete', method: 'POST', data: { id } } );
		await browser.close();
		await forgetSites( server, domains );
	}, 300_000 );

	const row = ( domain: string ) => sites.getByRole( 'row' ).filter( { hasText: domain } ).first();
	const begin = async ( verb: string, button: Locator ) => {
		await screen.begin( verb, button );
		await screen.ends( verb );
	};

	/** Opens the sites again and again, until a look has told what it is about. */
	async function untilOpened( found: Locator ): Promise< void > {
		for ( const end = Date.now() + 60_000; Date.now() < end;  ) {
			await screen.open();
			await sites.locator( 'summary' ).first().click();
			await sites.locator( 'tbody tr' ).first().waitFor();
			if ( await found.isVisible() ) {
				return;
			}
			await pause( 1000 );
		}
		throw new Error( `No look told of it: ${ await sites.textContent() }` );
	}

	test( 'chooses a saved account and one address; its mail leaves so, and that of the other site by the default', async () => {
		await sites.locator( 'summary' ).first().click();
		await sites.getByRole( 'button', { name: 'Set Route: shop-a.example' } ).click();
		await sites.getByLabel( 'Account', { exact: true } ).selectOption( { label: 'The shop' } );
		await sites.getByLabel( 'Senders of This Site' ).fill( 'shop-a.example:25' );
		await sites.getByRole( 'alertdialog' ).getByRole( 'button', { name: 'Set Route' } ).click();
		await sites.getByText( /^Enter domains or addresses alone/ ).waitFor();
		await screenshot( screen.page, 'routes-1-refused' );
		await sites.getByLabel( 'Senders of This Site' ).fill( 'shop-a.example' );
		await sites.getByLabel( 'Send as One Address' ).fill( 'one@shop-a.example' );
		await begin( 'set_route', sites.getByRole( 'alertdialog' ).getByRole( 'button', { name: 'Set Route' } ) );
		await row( 'shop-a.example' ).getByText( 'The shop' ).waitFor();
		await screenshot( screen.page, 'routes-2-set' );
		await mail( 'shop-a.example', 'from a' );
		await mail( 'shop-b.example', 'from b' );
		const { raw, from, authUser } = await messageWith( lab, { subject: 'from a' } );
		expect( { from, authUser } ).toEqual( { from: 'one@shop-a.example', authUser: ofShop.userName } );
		expect( raw ).toMatch( /^From: one@shop-a\.example\r?$/m );
		expect( raw ).toMatch( /^Reply-To: orders@shop-a\.example\r?$/m );
		expect( await accountOf( 'from b' ) ).toBe( lab.provider.user );
	}, 300_000 );

	test( 'sees that the account is used, and a sender that is not listed; one click allows it', async () => {
		expect( await askRest( screen.page, { path: '/accounts' } ) ).toMatchObject( {
			accounts: expect.arrayContaining( [
				expect.objectContaining( {
					name: 'The shop',
					usedBy: expect.objectContaining( {
						listed: [
							expect.objectContaining( {
								routes: [ { user: 'shop-a.example', hasOlderValues: false } ],
							} ),
						],
					} ),
				} ),
			] ),
		} );
		await mail( 'shop-a.example', 'not listed', 'news@elsewhere.example' );
		await askRest( screen.page, {
			path: `/servers/${ server.postId }/connection/check`,
			method: 'POST',
			data: {},
		} );
		const allow = sites.getByRole( 'button', { name: 'Allow This Sender: news@elsewhere.example' } );
		await untilOpened( allow );
		await screenshot( screen.page, 'routes-3-not-listed' );
		await begin( 'set_route', allow );
		await mail( 'shop-a.example', 'allowed', 'news@elsewhere.example' );
		expect( await accountOf( 'allowed' ) ).toBe( ofShop.userName );
	}, 300_000 );

	test( 'removes the route: its mail leaves by the default again', async () => {
		await begin( 'remove_route', sites.getByRole( 'button', { name: 'Remove Route: shop-a.example' } ) );
		await sites.getByText( 'The route is removed.' ).waitFor();
		await sites.getByRole( 'button', { name: 'Set Route: shop-a.example' } ).waitFor();
		await screenshot( screen.page, 'routes-4-removed' );
		await mail( 'shop-a.example', 'from a again' );
		expect( await accountOf( 'from a again' ) ).toBe( lab.provider.user );
	}, 300_000 );
} );
