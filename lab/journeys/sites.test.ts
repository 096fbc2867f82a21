import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AccountsView } from '@email-gateway/shared';
import type { Browser, Locator } from 'playwright-core';
import type { Message } from '../provider/messages.ts';
import type { LabServer } from '../state.ts';
import { waitUntil } from '../wait.ts';
import { openBrowser, screenshot, signIn } from './browser.ts';
import { changePassword, emptyInbox, messageWith } from './inbox.ts';
import { runningLab } from './lab.ts';
import { askRest } from './rest.ts';
import { ServerScreen } from './server-screen.ts';
import { onServer } from './server.ts';
import { SettingsScreen } from './settings-screen.ts';
import { forgetSites, mailOf, makeSites } from './two-users.ts';

const lab = runningLab();
const server = lab.servers.find( ( { owner } ) => owner === 'admin' ) as LabServer;
const [ first, second ] = [ 'sites-a.example', 'sites-b.example' ] as const;
const ofAll = { userName: 'sites@provider.example', password: 'the password of all sites' };
const ofBackup = { userName: 'backup@provider.example', password: 'the password of the backup' };
const name = 'All sites of web1';
/** Whose mail is held at the door, for the cap is used up. */
const atDoor = 'cat /var/lib/email-gateway-caps/at-door';

describe( 'an administrator of a server with two sites', () => {
	let browser: Browser;
	let screen: ServerScreen;
	let settings: SettingsScreen;

	const send = ( domain: string, subject: string ) => mailOf( server, domain, { subject } );
	const arrived = ( subject: string ) => messageWith( lab, { subject } );
	const accountOf = async ( subject: string ) => ( await arrived( subject ) ).authUser;
	const isHere = async ( subject: string ) =>
		( ( await ( await fetch( `${ lab.provider.inboxUrl }/messages` ) ).json() ) as Message[] ).some(
			( message ) => message.subject === subject
		);
	const inQueue = async ( queue: string ) =>
		Number( await onServer( server, `find /var/spool/postfix/${ queue } -type f | wc -l` ) );
	const untilHeld = ( count: number ) =>
		waitUntil( `${ count } held`, async () => ( await inQueue( 'hold' ) ) === count, { timeoutMs: 30_000 } );
	const press = ( place: Locator, label: string ) =>
		place.getByRole( 'button', { name: label, exact: true } ).click();
	const row = ( place: Locator, domain: string ) => place.getByRole( 'row' ).filter( { hasText: domain } ).first();
	/** Answers the question that is open, which begins a job. */
	const answer = async ( place: Locator, verb: string, label: string ) => {
		const button = place.getByRole( 'alertdialog' ).getByRole( 'button', { name: label, exact: true } );
		await screen.begin( verb, button );
		await screen.ends( verb );
	};
	const readAccounts = async () =>
		( ( await askRest( screen.page, { path: '/accounts' } ) ) as AccountsView ).accounts;
	const openAccounts = async () => {
		await screen.page.goto( `${ lab.wordpress.url }/wp-admin/options-general.php?page=email-gateway#accounts` );
		await screen.page.reload();
		await settings.app.getByRole( 'heading', { name: 'Customers' } ).waitFor();
	};

	beforeAll( async () => {
		await emptyInbox( lab );
		for ( const { userName, password } of [ ofAll, ofBackup ] ) {
			await changePassword( lab, password, userName );
		}
		await makeSites( server, [ first, second ] );
		browser = await openBrowser();
		const { url, adminUser, adminPassword } = lab.wordpress;
		const { page } = await signIn( browser, { url, user: adminUser, password: adminPassword } );
		screen = new ServerScreen( page, lab, server );
		settings = new SettingsScreen( page, lab );
	}, 300_000 );

	afterAll( async () => {
		await onServer( server, 'postsuper -d ALL' );
		await screen.open();
		await screen.remove();
		for ( const account of await readAccounts() ) {
			if ( [ name, 'The backup', 'Sites' ].includes( account.name ) ) {
				await askRest( screen.page, { path: '/accounts/delete', method: 'POST', data: { id: account.id } } );
			}
		}
		await browser.close();
		await forgetSites( server, [ first, second ] );
	}, 300_000 );

	test( 'makes two accounts, renames one, and installs the gateway with it', async () => {
		for ( const [ called, { userName, password } ] of [
			[ 'The backup', ofBackup ],
			[ 'Sites', ofAll ],
		] as const ) {
			await openAccounts();
			const add = settings.app.getByRole( 'button', { name: 'Add Account', exact: true } );
			if ( await add.isVisible() ) {
				await add.click();
			}
			await settings.app.getByLabel( 'Name', { exact: true } ).fill( called );
			await settings.fill( { smtpServer: lab.provider.host, smtpPort: lab.provider.port } );
			await settings.fill( { userName, password, sendingDomain: 'site.example' } );
			await settings.app.getByLabel( 'Default for new servers' ).uncheck();
			await settings.save();
		}
		await settings.app.getByLabel( 'Name', { exact: true } ).fill( name );
		await settings.save();
		await settings.app.getByRole( 'button', { name: `Edit: ${ name }`, exact: true } ).waitFor();
		await screenshot( screen.page, 'sites-1-renamed' );
		await screen.open();
		await screen.gateway.getByLabel( 'Account', { exact: true } ).first().selectOption( { label: name } );
		await screen.button( 'Load Account' ).click();
		await screen.gateway.getByText( 'The saved password of the account is used.' ).waitFor();
		await screen.install();
		await send( first, 'by the account' );
		expect( await accountOf( 'by the account' ) ).toBe( ofAll.userName );
	}, 300_000 );

	test( 'changes its password in one place: the server that uses the older one is named, and updated on a click', async () => {
		const password = 'another password of all sites';
		await changePassword( lab, password, ofAll.userName );
		await openAccounts();
		const account = row( settings.app, name );
		await account.getByText( 'Used by 1 server.', { exact: true } ).waitFor();
		await press( settings.app, `Edit: ${ name }` );
		await settings.fill( { password } );
		await settings.save();
		await account.getByText( 'Used by 1 server. 1 server has older values.', { exact: true } ).waitFor();
		await account.getByRole( 'link', { name: server.host } ).waitFor();
		await screenshot( screen.page, 'sites-2-older' );
		await send( second, 'after the change' );
		await waitUntil( 'It waits', async () => ( await inQueue( 'deferred' ) ) === 1, { timeoutMs: 30_000 } );
		expect( await isHere( 'after the change' ) ).toBe( false );
		await press( settings.app, 'Check Settings' );
		await account.getByText( /^The provider accepted the login / ).waitFor( { timeout: 60_000 } );
		await press( settings.app, `Update Servers: ${ name }` );
		await settings.app.getByText( 'The update of 1 server began.' ).waitFor();
		await messageWith( lab, { subject: 'after the change', timeoutMs: 120_000 } );
		expect( await accountOf( 'after the change' ) ).toBe( ofAll.userName );
		await waitUntil(
			'It is seen',
			async () => {
				await openAccounts();
				return account.getByText( 'Used by 1 server.', { exact: true } ).isVisible();
			},
			{ timeoutMs: 60_000, everyMs: 2000 }
		);
		await screenshot( screen.page, 'sites-3-updated' );
	}, 300_000 );

	test( 'pauses one site: its next mail is held, the other’s goes; resumed, it arrives', async () => {
		await screen.open();
		const sites = await screen.part( 'Sites on This Server' );
		await press( sites, `Pause Sending: ${ first }` );
		await screenshot( screen.page, 'sites-4-pause-asked' );
		await answer( sites, 'pause_site', 'Pause Sending' );
		await row( sites, first ).getByText( 'Paused: mail is held' ).waitFor();
		await screenshot( screen.page, 'sites-5-paused' );
		await send( first, 'while paused' );
		await untilHeld( 1 );
		await send( second, 'of the other' );
		await arrived( 'of the other' );
		expect( await isHere( 'while paused' ) ).toBe( false );
		await press( sites, `Resume Sending: ${ first }` );
		await screenshot( screen.page, 'sites-6-resume-asked' );
		await answer( sites, 'resume_site', 'Resume Sending' );
		await sites.getByText( 'Sending is resumed. 1 held message was released.' ).waitFor();
		await arrived( 'while paused' );
		await row( sites, first ).getByText( 'May send' ).waitFor();
		await screenshot( screen.page, 'sites-7-resumed' );
	}, 300_000 );

	test( 'lets a site send one mail an hour: the second is held, and leaves when it is released', async () => {
		const sites = await screen.part( 'Sites on This Server' );
		await press( sites, `Change Cap: ${ first }` );
		const question = sites.getByRole( 'alertdialog' );
		await question.getByLabel( 'The numbers below' ).check();
		await question.getByLabel( 'Recipients per Hour' ).fill( '1' );
		await screenshot( screen.page, 'sites-8-cap-asked' );
		await answer( sites, 'cap_site', 'Save Cap' );
		await row( sites, first ).getByText( '1 per hour' ).waitFor();
		await untilHourIsYoung();
		await send( first, 'one of the hour' );
		await arrived( 'one of the hour' );
		// what is sent is counted every two seconds
		await waitUntil( 'It is counted', async () => /\d/.test( await onServer( server, atDoor ) ), {
			timeoutMs: 30_000,
		} );
		await send( first, 'two of the hour' );
		await untilHeld( 1 );
		expect( await isHere( 'two of the hour' ) ).toBe( false );
		await askRest( screen.page, {
			path: `/servers/${ server.postId }/connection/check`,
			method: 'POST',
			data: {},
		} );
		await waitUntil(
			'A look tells of it',
			async () => {
				await screen.open();
				await screen.part( 'Sites on This Server' );
				await row( sites, first ).waitFor();
				return row( sites, first ).getByText( 'Over its cap: mail is held' ).isVisible();
			},
			{ timeoutMs: 90_000, everyMs: 2000 }
		);
		await screenshot( screen.page, 'sites-9-over' );
		await press( sites, `Resume Sending: ${ first }` );
		await answer( sites, 'resume_site', 'Resume Sending' );
		await arrived( 'two of the hour' );
		await screenshot( screen.page, 'sites-10-released' );
		await press( sites, `Change Cap: ${ first }` );
		await sites.getByRole( 'alertdialog' ).getByLabel( 'The default cap of this server' ).check();
		await answer( sites, 'cap_site', 'Save Cap' );
		await row( sites, first ).getByText( 'None', { exact: true } ).waitFor();
	}, 500_000 );

	test( 'turns on the sandbox: one mailbox gets all; turned off, it asks about what it held', async () => {
		const sandbox = await screen.part( 'Sandbox' );
		await sandbox.getByRole( 'textbox', { name: 'Mailbox' } ).fill( 'tester@recipient.example' );
		const turnOn = async ( label: string ) => {
			await screen.begin( 'turn_on_sandbox', sandbox.getByRole( 'button', { name: label, exact: true } ) );
			await screen.ends( 'turn_on_sandbox' );
		};
		await turnOn( 'Turn On Sandbox' );
		await screen.gateway
			.getByText( 'The sandbox is on: all mail of this server goes to tester@recipient.example.' )
			.first()
			.waitFor();
		await screenshot( screen.page, 'sites-11-sandbox' );
		await send( first, 'for the tester' );
		expect( ( await arrived( 'for the tester' ) ).to ).toEqual( [ 'tester@recipient.example' ] );
		await sandbox.getByLabel( 'Hold it on the server' ).check();
		await turnOn( 'Change Sandbox' );
		await send( second, 'held by the sandbox' );
		await untilHeld( 1 );
		await press( sandbox, 'Turn Off Sandbox' );
		const question = sandbox.getByRole( 'alertdialog' );
		await question.getByText( 'What becomes of mail that the sandbox has held' ).waitFor();
		expect( await isHere( 'held by the sandbox' ) ).toBe( false );
		await question.getByLabel( 'Release it: its recipients get it now' ).check();
		await screenshot( screen.page, 'sites-12-sandbox-off-asked' );
		await answer( sandbox, 'turn_off_sandbox', 'Release Held Mail and Turn Off' );
		await sandbox.getByText( 'The sandbox is off: mail leaves again. 1 held message was released.' ).waitFor();
		expect( ( await arrived( 'held by the sandbox' ) ).to ).toEqual( [ 'ann@recipient.example' ] );
		await screenshot( screen.page, 'sites-13-sandbox-off' );
	}, 300_000 );

	test( 'switches to the backup account by hand, and back', async () => {
		const backup = await screen.part( 'Backup Account' );
		await backup.getByLabel( 'Account', { exact: true } ).selectOption( { label: 'The backup' } );
		await press( backup, 'Save Backup Account' );
		await press( backup, 'Switch Now' );
		await screenshot( screen.page, 'sites-14-switch-asked' );
		await press( backup.getByRole( 'alertdialog' ), 'Switch Now' );
		await backup.getByRole( 'button', { name: 'Switch Back', exact: true } ).waitFor( { timeout: 120_000 } );
		await screenshot( screen.page, 'sites-15-on-backup' );
		await send( first, 'by the backup' );
		expect( await accountOf( 'by the backup' ) ).toBe( ofBackup.userName );
		await press( backup, 'Switch Back' );
		await press( backup.getByRole( 'alertdialog' ), 'Switch Back' );
		await backup.getByRole( 'button', { name: 'Switch Now', exact: true } ).waitFor( { timeout: 120_000 } );
		await send( second, 'by the first again' );
		expect( await accountOf( 'by the first again' ) ).toBe( ofAll.userName );
		await screenshot( screen.page, 'sites-16-back' );
		await press( backup, 'Use No Backup Account' );
		await press( backup.getByRole( 'alertdialog' ), 'Use No Backup Account' );
		await backup
			.getByRole( 'button', { name: 'Use No Backup Account', exact: true } )
			.waitFor( { state: 'detached' } );
	}, 300_000 );
} );

/** A cap begins anew with each full hour: two mails must be of one. */
async function untilHourIsYoung(): Promise< void > {
	await waitUntil( 'A new hour', async () => new Date().getUTCMinutes() < 57, { timeoutMs: 200_000 } );
}
