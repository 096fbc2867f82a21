import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ServerView } from '@email-gateway/shared';
import type { Browser, Page } from 'playwright-core';
import { startBackend } from '../backend/start.ts';
import type { LabServer } from '../state.ts';
import { runningProcess, stopProcess } from '../system/processes.ts';
import { narrowScreenshot, openBrowser, screenshot, signIn } from './browser.ts';
import { changePassword } from './inbox.ts';
import { runningLab } from './lab.ts';
import { readRest } from './rest.ts';
import { ServerScreen } from './server-screen.ts';

const lab = runningLab();
const server = lab.servers.find( ( one ) => one.owner === 'admin' ) as LabServer;
const { url, adminUser: user, adminPassword: password } = lab.wordpress;

describe( 'what an administrator typed and has not saved', () => {
	let browser: Browser;
	let page: Page;
	let screen: ServerScreen;
	let complaints: string[];

	beforeAll( async () => {
		await changePassword( lab, lab.provider.password );
		browser = await openBrowser();
		( { page, complaints } = await signIn( browser, { url, user, password } ) );
		screen = new ServerScreen( page, lab, server );
		await screen.open();
		await screen.fill( { password: lab.provider.password, sendingDomain: 'site.example' } );
		await screen.gateway.getByLabel( 'Brief Note' ).fill( 'typed, not saved' );
	}, 120_000 );

	afterAll( () => browser?.close() );

	const isKept = async () => {
		expect( await screen.gateway.getByLabel( 'Brief Note' ).inputValue() ).toBe( 'typed, not saved' );
		expect( await screen.gateway.getByLabel( 'Password', { exact: true } ).inputValue() ).not.toBe( '' );
	};
	/** Leaves in some way, and stays when the browser asks. */
	const triesToLeave = async ( leave: () => Promise< unknown > ) => {
		const asked = page.waitForEvent( 'dialog' );
		const left = leave().catch( () => null );
		const dialog = await asked;
		const type = dialog.type();
		await dialog.dismiss();
		await left;
		return type;
	};

	test( 'outlives Save Name and Owner, which asks', async () => {
		await screen.button( 'Save Name and Owner' ).click();
		await page.getByText( 'Save without what you typed in Email Gateway?' ).waitFor();
		await screenshot( page, 'unsaved-1-question' );
		await narrowScreenshot( page, 'unsaved-1-question' );
		await screen.button( 'Keep Editing' ).click();
		await isKept();
	}, 60_000 );

	test( 'outlives a reload and a link', async () => {
		expect( await triesToLeave( () => page.reload( { timeout: 5000 } ) ) ).toBe( 'beforeunload' );
		await isKept();
		const link = page.locator( '#menu-dashboard > a' );
		expect( await triesToLeave( () => link.click( { noWaitAfter: true, timeout: 5000 } ) ) ).toBe( 'beforeunload' );
		await isKept();
	}, 60_000 );

	test( 'outlives a dead backend', async () => {
		const backend = await runningProcess( 'backend' );
		process.kill( -( backend?.pid ?? NaN ), 'SIGKILL' );
		await stopProcess( 'backend' );
		await screen.button( 'Check Settings' ).first().click();
		await screen.page.getByText( 'The backend does not answer.' ).first().waitFor();
		await isKept();
		await screenshot( page, 'unsaved-2-dead-backend' );
		await startBackend( { signal: AbortSignal.timeout( 60_000 ) } );
	}, 120_000 );

	test( 'outlives an expired login: after a login in another tab, the same button goes on', async () => {
		// WordPress's own dialog about it comes with its next heartbeat, and covers the page until it is closed
		const close = page.getByRole( 'button', { name: 'Close dialog' } );
		await page.addLocatorHandler( close, () => close.click() );
		await page.context().clearCookies();
		await screen.button( 'Check Settings' ).first().click();
		await screen.gateway.getByText( 'Log in again in another tab, then press the button again.' ).first().waitFor();
		await isKept();
		await screenshot( page, 'unsaved-3-logged-out' );
		const tab = await page.context().newPage();
		await tab.goto( `${ url }/wp-login.php` );
		await tab.fill( '#user_login', user );
		await tab.fill( '#user_pass', password );
		await tab.click( '#wp-submit' );
		await tab.waitForLoadState( 'domcontentloaded' );
		await tab.close();
		await screen.check();
		await isKept();
	}, 120_000 );

	test( 'goes when the person says so', async () => {
		// after that login the form of the page around ours is no longer valid: WordPress's own
		page.once( 'dialog', ( dialog ) => void dialog.accept() );
		await screen.open();
		await screen.gateway.getByLabel( 'Brief Note' ).fill( 'typed, not saved' );
		await screen.button( 'Save Name and Owner' ).click();
		await screen.button( 'Discard It and Save' ).click();
		await page.getByText( 'Name and owner saved.' ).waitFor();
		await screen.gateway.getByLabel( 'SMTP Server' ).waitFor();
		expect( await screen.gateway.getByLabel( 'Brief Note' ).inputValue() ).toBe( '' );
	}, 60_000 );

	test( 'a server with a gateway stays out of the trash; its row leads to Remove', async () => {
		await screen.fill( { password: lab.provider.password, sendingDomain: 'site.example' } );
		await screen.install();
		await page.getByRole( 'link', { name: 'Move to Trash' } ).click();
		await page.getByText( 'Email Gateway is still installed on them' ).waitFor();
		await screenshot( page, 'unsaved-4-not-trashed' );
		await narrowScreenshot( page, 'unsaved-4-not-trashed' );
		const row = page.locator( `#post-${ server.postId }` );
		await row.hover();
		await row.getByRole( 'link', { name: 'Remove Gateway…' } ).click();
		await screen.remove();
		await screenshot( page, 'unsaved-5-removed' );
		await narrowScreenshot( page, 'unsaved-5-removed' );
	}, 240_000 );

	test( 'the credentials that are left are deleted after a question', async () => {
		const gatewayOf = async () => ( await readRest< ServerView >( page, `/servers/${ server.postId }` ) ).gateway;
		expect( await gatewayOf() ).toMatchObject( { installed: null, passwordSaved: true } );
		await screen.button( 'Delete Saved Credentials' ).click();
		await screenshot( page, 'unsaved-6-delete-credentials' );
		await screen.button( 'Delete' ).click();
		await screen.button( 'Delete Saved Credentials' ).waitFor( { state: 'detached' } );
		expect( await gatewayOf() ).toMatchObject( { submitted: null, passwordSaved: false } );
		expect( complaints ).toEqual( [] );
	}, 60_000 );
} );
