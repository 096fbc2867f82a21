import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { narrowScreenshot, openBrowser, screenshot, signIn } from './browser.ts';
import type { LabServer } from '../state.ts';
import { runningLab } from './lab.ts';
import { ServerScreen } from './server-screen.ts';

const lab = runningLab();
const own = lab.servers.find( ( server ) => server.owner === 'customer' ) as LabServer;
const another = lab.servers.find( ( server ) => server.owner === 'admin' ) as LabServer;

describe( 'a customer who bought a server', () => {
	let browser: Browser;
	let page: Page;

	beforeAll( async () => {
		browser = await openBrowser();
		const { url, customerUser: user, customerPassword: password } = lab.wordpress;
		page = ( await signIn( browser, { url, user, password } ) ).page;
	}, 120_000 );

	afterAll( () => browser?.close() );

	test( 'reaches the screen of the own server, without Load Defaults', async () => {
		const screen = new ServerScreen( page, lab, own );
		await screen.open();
		await screenshot( page, 'customer-own-server' );
		await expect( screen.button( 'Install Email Gateway' ).count() ).resolves.toBe( 1 );
		await expect( screen.button( 'Load Defaults' ).count() ).resolves.toBe( 0 );
	}, 120_000 );

	test( 'finds only the own server in the list', async () => {
		await page.goto( `${ lab.wordpress.url }/wp-admin/edit.php?post_type=email_gateway_server` );
		await screenshot( page, 'customer-list' );
		await page.locator( '.email-gateway-pill' ).first().waitFor();
		const titles = await page.locator( '.row-title' ).allTextContents();
		expect( titles ).toEqual( [ own.name ] );
		// on a telephone, too, its state is in sight
		await narrowScreenshot( page, 'customer-list' );
		await page.setViewportSize( { width: 390, height: 844 } );
		await expect( page.locator( '.email-gateway-pill' ).first().isVisible() ).resolves.toBe( true );
		await page.setViewportSize( { width: 1280, height: 900 } );
	}, 120_000 );

	test( 'finds the Mail Log of the own server under Tools', async () => {
		await page.getByRole( 'link', { name: 'Tools', exact: true } ).click();
		const log = page.locator( '.email-gateway-app[data-screen="mail-log"]' );
		// another journey may have sent mail from this server before
		const found = log.getByRole( 'button', { name: 'Export as CSV' } );
		await log.getByText( 'No message was found.' ).or( found ).waitFor();
		await screenshot( page, 'customer-mail-log' );
		await narrowScreenshot( page, 'customer-mail-log' );
		const names = await page.evaluate( () => {
			const { emailGateway } = window as unknown as { emailGateway: { servers: { name: string }[] } };
			return emailGateway.servers.map( ( { name } ) => name );
		} );
		expect( names ).toEqual( [ own.name ] );
	}, 120_000 );

	test( 'is refused the screen and the API of another’s server', async () => {
		const edit = `${ lab.wordpress.url }/wp-admin/post.php?post=${ another.postId }&action=edit`;
		expect( ( await page.goto( edit ) )?.status() ).toBe( 403 );
		await screenshot( page, 'customer-refused' );
		await page.goto( `${ lab.wordpress.url }/wp-admin/post.php?post=${ own.postId }&action=edit` );
		const status = await page.evaluate( async ( serverId ) => {
			const { wpApiSettings } = window as unknown as { wpApiSettings?: { nonce: string } };
			const answer = await fetch( `/?rest_route=/email-gateway/v1/servers/${ serverId }`, {
				headers: { 'X-WP-Nonce': wpApiSettings?.nonce ?? '' },
			} );
			return answer.status;
		}, another.postId );
		expect( [ 401, 403 ] ).toContain( status );
	}, 120_000 );

	test( 'finds no settings of the site', async () => {
		const answer = await page.goto( `${ lab.wordpress.url }/wp-admin/options-general.php?page=email-gateway` );
		expect( answer?.status() ).toBe( 403 );
	}, 120_000 );
} );
