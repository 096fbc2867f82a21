import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import type { LabServer } from '../state.ts';
import { controlProvider } from '../torture/provider-control.ts';
import { openBrowser, screenshot, signIn } from './browser.ts';
import { changePassword, emptyInbox, messageWith } from './inbox.ts';
import { runningLab } from './lab.ts';
import { ServerScreen } from './server-screen.ts';
import { phpMail } from './server.ts';

const lab = runningLab();
const server = lab.servers.find( ( { owner } ) => owner === 'customer' ) as LabServer;
const user = 'log@example.test';
const password = 'a password of the one who reads the log';
const control = controlProvider( { ...lab.provider, user } );
const waiting = [ 'hold-me@recipient.example', 'delete-me@recipient.example' ] as const;

describe( 'a customer who looks for a message', () => {
	let browser: Browser;
	let screen: ServerScreen;
	const section = ( name: string ): Locator =>
		screen.page.locator( 'details', {
			has: screen.page.locator( 'summary', { hasText: new RegExp( `^${ name }$` ) } ),
		} );
	const openSection = async ( name: string ): Promise< Locator > => {
		const place = section( name ).last();
		await place.locator( 'summary' ).first().click();
		return place;
	};
	const rowOf = ( place: Locator, recipient: string ) => place.locator( 'tr', { hasText: recipient } ).first();

	beforeAll( async () => {
		await control.heal();
		await emptyInbox( lab );
		await changePassword( lab, password, user );
		browser = await openBrowser();
		const { url, customerUser, customerPassword } = lab.wordpress;
		const { page } = await signIn( browser, { url, user: customerUser, password: customerPassword } );
		screen = new ServerScreen( page, lab, server );
		await screen.open();
		await screen.fill( { password, sendingDomain: 'site.example' } );
		await screen.gateway.getByLabel( 'User Name' ).fill( user );
		await screen.install();
		await phpMail( server, 'reader@recipient.example', 'arrives' );
		await messageWith( lab, { subject: 'arrives' } );
		await control.fail( { atAccount: { [ user ]: { mailFrom: '550 5.7.1 Your account has been suspended.' } } } );
		for ( const to of waiting ) {
			await phpMail( server, to, 'waits' );
		}
	}, 300_000 );

	afterAll( async () => {
		await control.heal();
		await browser?.close();
	} );

	test( 'sees in the queue what waits and why, holds one message and deletes another', async () => {
		const queue = await openSection( 'Queue' );
		for ( const to of waiting ) {
			await rowOf( queue, to ).getByText( 'Waiting', { exact: true } ).waitFor( { timeout: 120_000 } );
		}
		await rowOf( queue, waiting[ 0 ] ).getByRole( 'checkbox' ).check();
		await queue.getByText( '1 message is chosen.' ).waitFor();
		await screenshot( screen.page, 'mail-log-1-queue' );
		await queue.getByRole( 'button', { name: 'Hold', exact: true } ).click();
		await queue.getByText( '1 message is on hold until someone releases it.' ).waitFor( { timeout: 120_000 } );
		await rowOf( queue, waiting[ 0 ] ).getByText( 'Held', { exact: true } ).waitFor();

		await rowOf( queue, waiting[ 1 ] ).getByRole( 'checkbox' ).check();
		await queue.getByRole( 'button', { name: 'Delete', exact: true } ).click();
		await queue.getByText( 'Delete 1 message?' ).waitFor();
		await screenshot( screen.page, 'mail-log-2-delete' );
		await queue.getByRole( 'button', { name: 'Delete', exact: true } ).click();
		await queue.getByText( '1 message was deleted.' ).waitFor( { timeout: 120_000 } );
		expect( await rowOf( queue, waiting[ 1 ] ).count() ).toBe( 0 );
	}, 240_000 );

	test( 'finds each message in the Mail Log with what became of it, and reads the details of one', async () => {
		const log = await openSection( 'Mail Log' );
		await rowOf( log, 'reader@recipient.example' ).getByText( 'Accepted by provider' ).waitFor();
		await rowOf( log, waiting[ 0 ] ).getByText( 'Held', { exact: true } ).waitFor();
		await rowOf( log, waiting[ 1 ] ).getByText( 'Deleted by an administrator' ).waitFor();
		await log.getByLabel( 'Recipient' ).fill( 'reader' );
		await log.getByRole( 'button', { name: 'Search', exact: true } ).click();
		await rowOf( log, waiting[ 0 ] ).waitFor( { state: 'detached' } );
		await rowOf( log, 'reader@recipient.example' ).getByRole( 'button' ).click();
		await log.getByText( 'www-data' ).first().waitFor();
		await screenshot( screen.page, 'mail-log-3-details' );
	}, 120_000 );

	test( 'releases what was held, which arrives, and removes the gateway', async () => {
		await control.heal();
		await screen.open();
		const queue = await openSection( 'Queue' );
		await rowOf( queue, waiting[ 0 ] ).waitFor( { timeout: 120_000 } );
		await queue.getByRole( 'button', { name: 'Release', exact: true } ).click();
		await queue.getByText( '1 message was released.' ).waitFor( { timeout: 120_000 } );
		await messageWith( lab, { subject: 'waits', timeoutMs: 120_000 } );
		await screen.open();
		await screen.remove();
	}, 240_000 );
} );
