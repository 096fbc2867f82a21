import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { backendEnvironment, backendFolder } from '../backend/start.ts';
import type { LabServer } from '../state.ts';
import { checkoutPath } from '../system/paths.ts';
import { run } from '../system/run.ts';
import { waitUntil } from '../wait.ts';
import { asNewSite, wpOfLab } from './as-new-site.ts';
import { narrowScreenshot, openBrowser, screenshot, signIn } from './browser.ts';
import { changePassword, emptyInbox } from './inbox.ts';
import { runningLab } from './lab.ts';
import { askRest, readRest } from './rest.ts';
import { onServer } from './server.ts';

const lab = runningLab();
const mostClicks = 6;

/** The one command on the machine of the backend: what it prints is pasted. */
async function pairingLine(): Promise< string > {
	const env = await backendEnvironment( { databaseUrl: undefined, folder: backendFolder } );
	const printed = await run( [ process.execPath, 'backend/src/command.ts', 'pair' ], { env, cwd: checkoutPath } );
	return printed.trim();
}

describe.each( [
	[ 'the key that is generated', 'debian12', 2 ],
	[ 'a key of one’s own', 'debian13', 1 ],
] )( 'from activation to a proved mail with %s', ( _with, kind, mostCommands ) => {
	const server = lab.servers.find( ( one ) => one.kind === kind ) as LabServer;
	let browser: Browser;
	let page: Page;
	let complaints: string[];
	let site: Awaited< ReturnType< typeof asNewSite > >;
	let clicks = 0;
	let commands = 0;

	beforeAll( async () => {
		await changePassword( lab, lab.provider.password );
		await emptyInbox( lab );
		browser = await openBrowser();
		const { url, adminUser, adminPassword } = lab.wordpress;
		( { page, complaints } = await signIn( browser, { url, user: adminUser, password: adminPassword } ) );
		site = await asNewSite( await wpOfLab() );
	}, 180_000 );

	afterAll( async () => {
		await site?.end();
		await browser?.close();
	}, 180_000 );

	const press = async ( one: Locator ) => {
		clicks += 1;
		await one.click();
	};
	const app = () => page.locator( '.email-gateway-app[data-screen="settings"]' );
	const button = ( name: string ) => app().getByRole( 'button', { name, exact: true } );
	const steps = () =>
		app()
			.locator( '[data-guide-step]' )
			.evaluateAll( ( all ) => all.map( ( one ) => ( one as HTMLElement ).dataset.guideStep ).join() );
	const stepsAre = ( wanted: string, timeoutMs = 60_000 ) =>
		waitUntil( `The steps being ${ wanted }`, async () => ( await steps() ) === wanted, { timeoutMs } );

	test( 'takes at most six clicks', async () => {
		await page.goto( `${ lab.wordpress.url }/wp-admin/plugins.php` );
		await page.click( '#activate-email-gateway' );
		await page.waitForURL( /options-general\.php\?page=email-gateway/ );
		await stepsAre( 'now,later,later' );
		await screenshot( page, `first-run-${ kind }-1-pair` );

		commands += 1;
		await app()
			.getByLabel( 'Pairing Line', { exact: true } )
			.fill( await pairingLine() );
		await press( button( 'Pair' ) );
		await stepsAre( 'done,now,later' );
		await screenshot( page, `first-run-${ kind }-2-connect` );

		await app().getByLabel( 'Host', { exact: true } ).fill( server.host );
		await app().getByLabel( 'SSH Port', { exact: true } ).fill( String( server.sshPort ) );
		await app().getByLabel( 'SSH User', { exact: true } ).fill( server.sshUser );
		if ( mostCommands === 1 ) {
			await press( app().getByLabel( 'My own private key' ) );
			await app().getByLabel( 'Private Key', { exact: true } ).fill( readFileSync( server.keyFile, 'utf8' ) );
			await press( button( 'Check Connection' ) );
		} else {
			await press( button( 'Check Connection' ) );
			const line = app().getByLabel( 'Line to run on the server' );
			await line.waitFor();
			commands += 1;
			await onServer( server, await line.inputValue() );
			await press( button( 'Check Connection' ) );
		}
		await button( 'Trust This Host Key' ).waitFor();
		await screenshot( page, `first-run-${ kind }-3-host-key` );
		await press( button( 'Trust This Host Key' ) );
		await stepsAre( 'done,done,now' );
		await screenshot( page, `first-run-${ kind }-4-install` );

		const { host, port, user, password } = lab.provider;
		await app().getByLabel( 'SMTP Server', { exact: true } ).fill( host );
		await app().getByLabel( 'SMTP Port', { exact: true } ).fill( String( port ) );
		await app().getByLabel( 'User Name', { exact: true } ).fill( user );
		await app().getByLabel( 'Password', { exact: true } ).fill( password );
		await app().getByLabel( 'Sending Domain', { exact: true } ).fill( 'site.example' );
		await app().getByLabel( 'Send the Test Email To' ).fill( `first-${ kind }@recipient.example` );
		await press( button( 'Install and Send a Test Email' ) );
		await stepsAre( 'done,done,done', 240_000 );
		await app().locator( '[data-test-outcome="accepted"]' ).waitFor();
		await screenshot( page, `first-run-${ kind }-5-proved` );
		await narrowScreenshot( page, `first-run-${ kind }-5-proved` );

		const inbox = await fetch( `${ lab.provider.inboxUrl }/messages` );
		expect( await inbox.json() ).toMatchObject( [ { to: [ `first-${ kind }@recipient.example` ] } ] );
		expect( clicks ).toBeLessThanOrEqual( mostClicks );
		expect( commands ).toBe( mostCommands );
		expect( complaints ).toEqual( [] );
	}, 480_000 );

	test( 'the ticks are what is so, after a reload as well; Remove takes the last one away', async () => {
		await page.goto( `${ lab.wordpress.url }/wp-admin/options-general.php?page=email-gateway#start` );
		await stepsAre( 'done,done,done' );
		const [ added ] = await page.evaluate(
			() => ( window as unknown as { emailGateway: { servers: { id: number }[] } } ).emailGateway.servers
		);
		const path = `/servers/${ added?.id }`;
		const { jobId } = ( await askRest( page, { path: `${ path }/gateway/remove`, method: 'POST', data: {} } ) ) as {
			jobId: string;
		};
		// on a busy machine an answer may come too late for WordPress
		const ended = () =>
			readRest< { job: { state: string } } >( page, `${ path }/jobs/${ jobId }?after=0` ).then(
				( { job } ) => job.state === 'succeeded',
				() => false
			);
		await waitUntil( 'The removal', ended, { timeoutMs: 120_000 } );
		await page.reload();
		await stepsAre( 'done,done,now' );
		await askRest( page, { path: '/pairing', method: 'DELETE' } );
	}, 240_000 );
} );
