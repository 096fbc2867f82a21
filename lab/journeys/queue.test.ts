import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Browser, Locator } from 'playwright-core';
import type { AlertMessage } from '@email-gateway/shared';
import type { Received } from '../alerts/received.ts';
import type { LabServer } from '../state.ts';
import { controlProvider } from '../torture/provider-control.ts';
import { openBrowser, screenshot, signIn } from './browser.ts';
import { waitUntil } from '../wait.ts';
import { changePassword, emptyInbox } from './inbox.ts';
import { runningLab } from './lab.ts';
import { ServerScreen } from './server-screen.ts';
import { onServer } from './server.ts';

const lab = runningLab();
const server = lab.servers.find( ( { owner } ) => owner === 'customer' ) as LabServer;
const user = 'queue@example.test';
const control = controlProvider( { ...lab.provider, user } );
const to = ( n: number ) => `order-${ n }@recipient.example`;
const refusal = '550-5.7.1 Your account has been suspended.\n550 5.7.1 Contact our support';

/** Five orders of a shop, and then until all of them were refused. */
const sendOrders = `
for n in 0 1 2 3 4; do
	runuser -u www-data -- php -r 'exit( mail( $argv[1], "Order", "thank you" ) ? 0 : 1 );' "order-$n@recipient.example" || exit 1
done
for try in $( seq 60 ); do
	[ "$( postqueue -j | grep -c '"queue_name": "deferred"' )" = 5 ] && exit 0
	sleep 0.5
done
postqueue -p >&2
exit 1`;
const held = async () => Number( await onServer( server, 'find /var/spool/postfix/hold -type f | wc -l' ) );

/** What the webhook got, newest first. */
const alerts = async () =>
	( ( await ( await fetch( lab.alerts.url ) ).json() ) as Received[] ).map( ( { body } ) => body as AlertMessage );

describe( 'a customer whose mail waits', () => {
	let browser: Browser;
	let screen: ServerScreen;
	const press = ( part: Locator, name: string ) => part.getByRole( 'button', { name, exact: true } ).click();
	const choose = ( queue: Locator, n: number ) =>
		queue
			.getByRole( 'row' )
			.filter( { hasText: to( n ) } )
			.getByRole( 'checkbox' )
			.check();

	beforeAll( async () => {
		await control.heal();
		await emptyInbox( lab );
		await fetch( lab.alerts.url, { method: 'DELETE' } );
		const password = 'a password of the one who looks into the queue';
		await changePassword( lab, password, user );
		browser = await openBrowser();
		const { url, customerUser, customerPassword } = lab.wordpress;
		const { page } = await signIn( browser, { url, user: customerUser, password: customerPassword } );
		screen = new ServerScreen( page, lab, server );
		await screen.open();
		await screen.fill( { password, sendingDomain: 'site.example' } );
		await screen.gateway.getByLabel( 'User Name' ).fill( user );
		await screen.install();
	}, 300_000 );

	afterAll( async () => {
		await control.heal();
		await browser?.close();
	} );

	test( 'has alerts sent to a webhook of their own, and sees that they arrive', async () => {
		const own = await screen.part( 'Tell Me When Something Is Wrong' );
		await press( own, 'Add Channel' );
		await own.getByLabel( 'URL' ).fill( lab.alerts.webhook );
		await press( own, 'Add This Channel' );
		await press( own, 'Send a Test Alert: Webhook' );
		await own.getByText( /^The test alert was delivered / ).waitFor( { timeout: 60_000 } );
		await screenshot( screen.page, 'own-alerts-1-tested' );
		expect( ( await alerts() ).map( ( { kind } ) => kind ) ).toEqual( [ 'test' ] );
	}, 120_000 );

	test( 'reads in the queue how many messages wait, and why', async () => {
		await control.fail( { atAccount: { [ user ]: { mailFrom: refusal } } } );
		await onServer( server, sendOrders );
		const queue = await screen.part( 'Queue' );
		await queue.getByText( /^5 messages in the queue, read / ).waitFor( { timeout: 60_000 } );
		const why = queue.getByRole( 'row' ).filter( { hasText: to( 3 ) } );
		await why.getByText( 'Your account has been suspended' ).waitFor();
		await queue.getByText( 'Choose messages below, or all of them.' ).waitFor();
		await screenshot( screen.page, 'queue-1-waiting' );
	}, 120_000 );

	test( 'holds two of them, releases one, and deletes the other after a question', async () => {
		const queue = await screen.part( 'Queue' );
		await choose( queue, 0 );
		await choose( queue, 1 );
		await press( queue, 'Hold' );
		await queue.getByText( '2 messages are on hold until someone releases them.' ).waitFor( { timeout: 60_000 } );
		await queue
			.getByRole( 'row' )
			.filter( { hasText: to( 0 ) } )
			.getByText( 'Held', { exact: true } )
			.waitFor();
		await screenshot( screen.page, 'queue-2-held' );
		expect( await held() ).toBe( 2 );
		await choose( queue, 1 );
		await press( queue, 'Release' );
		await queue.getByText( '1 message was released.' ).waitFor( { timeout: 60_000 } );
		expect( await held() ).toBe( 1 );
		await choose( queue, 0 );
		await press( queue, 'Delete' );
		const question = queue.getByRole( 'alertdialog' );
		await question.getByText( 'Delete 1 message?' ).waitFor();
		await screenshot( screen.page, 'queue-3-delete-asked' );
		expect( await held() ).toBe( 1 );
		await press( question, 'Delete' );
		await queue.getByText( '1 message was deleted.' ).waitFor( { timeout: 60_000 } );
		expect( await held() ).toBe( 0 );
	}, 240_000 );

	test( 'retries the others once the account is mended, and all of them arrive', async () => {
		const isTold = async () => ( await alerts() ).some( ( { kind } ) => kind === 'opened' );
		await waitUntil( 'The refusal is told', isTold, { timeoutMs: 120_000 } );
		await control.heal();
		const queue = await screen.part( 'Queue' );
		await queue.getByLabel( 'All 4 messages of this list' ).check();
		await press( queue, 'Retry Now' );
		await queue.getByText( '4 messages are tried now.' ).waitFor( { timeout: 60_000 } );
		const arrived = async () => ( await control.messages() ).flatMap( ( message ) => message.to );
		await waitUntil( 'All four arrive', async () => ( await arrived() ).length === 4, { timeoutMs: 60_000 } );
		expect( ( await arrived() ).sort() ).toEqual( [ to( 1 ), to( 2 ), to( 3 ), to( 4 ) ] );
		await press( queue, 'Read Queue' );
		await queue.getByText( /^0 messages in the queue, read / ).waitFor( { timeout: 60_000 } );
		await screenshot( screen.page, 'queue-4-delivered' );
	}, 240_000 );

	test( 'was told of the refusal, and is told of its end', async () => {
		const told = async () => ( await alerts() ).filter( ( { server: about } ) => about?.host === server.host );
		await waitUntil( 'The end is told', async () => ( await told() ).length === 2, { timeoutMs: 120_000 } );
		expect( await told() ).toMatchObject( [ { kind: 'over' }, { kind: 'opened', trouble: 'refused' } ] );
	}, 150_000 );

	test( 'finds each of them in the Mail Log, one by its recipient from submission to the reply, and as CSV', async () => {
		const log = await screen.part( 'Mail Log' );
		const rows = log.getByRole( 'table' ).first().getByRole( 'row' ).filter( { hasText: '@recipient.example' } );
		// a look follows what was done
		await waitUntil(
			'The Mail Log knows that four were accepted',
			async () => {
				await press( log, 'Search' );
				await log
					.getByRole( 'button', { name: 'Export as CSV' } )
					.or( log.getByText( 'No message was found.' ) )
					.waitFor();
				return ( await rows.filter( { hasText: 'Accepted by provider' } ).count() ) === 4;
			},
			{ timeoutMs: 120_000, everyMs: 1000 }
		);
		await rows
			.filter( { hasText: to( 0 ) } )
			.getByText( 'Deleted by an administrator' )
			.waitFor();
		await screenshot( screen.page, 'mail-log-1-all' );
		const download = screen.page.waitForEvent( 'download' );
		await press( log, 'Export as CSV' );
		const csv = readFileSync( await ( await download ).path(), 'utf8' );
		for ( const n of [ 0, 1, 2, 3, 4 ] ) {
			expect( csv ).toContain( to( n ) );
		}
		await log.getByLabel( 'Recipient', { exact: true } ).fill( 'order-2@' );
		await press( log, 'Search' );
		await waitUntil( 'One is found', async () => ( await rows.count() ) === 1, { timeoutMs: 30_000 } );
		await log.getByRole( 'button', { name: `Details of the message to ${ to( 2 ) }` } ).click();
		await log.getByText( 'www-data' ).first().waitFor();
		await log.getByText( /^250 / ).waitFor();
		await screenshot( screen.page, 'mail-log-2-one' );
		const own = await screen.part( 'Tell Me When Something Is Wrong' );
		await press( own, 'Delete: Webhook' );
		await press( own.getByRole( 'alertdialog' ), 'Delete' );
		await own.getByText( 'Channel deleted.' ).waitFor();
		await screen.open();
		await screen.remove();
	}, 240_000 );
} );
