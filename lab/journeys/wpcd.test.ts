import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { shellOn } from '../servers/ssh.ts';
import type { LabServer } from '../state.ts';
import { listenIn, openBrowser, screenshot, signIn } from './browser.ts';
import { changePassword } from './inbox.ts';
import { runningLab } from './lab.ts';
import { ServerScreen } from './server-screen.ts';
import { footprint, onServer } from './server.ts';
import { withWpcd, type Wpcd } from './wpcd.ts';

const lab = runningLab();
// the one Debian that still carries ssmtp
const server = lab.servers.find( ( one ) => one.kind === 'debian12' ) as LabServer;
const sendingDomain = 'site.example';
const oldPassword = 'AuthPass=old-secret-of-ssmtp';

describe( 'an administrator beside WPCloudDeploy', () => {
	let browser: Browser;
	let wpcd: Wpcd;
	let screen: ServerScreen;
	let withSsmtp: Awaited< ReturnType< typeof footprint > >;

	beforeAll( async () => {
		await changePassword( lab, lab.provider.password );
		await shellOn(
			server,
			`apt-get update >/dev/null 2>&1
			DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ssmtp >/dev/null 2>&1
			printf 'mailhub=%s\\nFromLineOverride=YES\\nAuthUser=old\\n%s\\n' smtp.old.example:587 ${ oldPassword } >/etc/ssmtp/ssmtp.conf`,
			{ signal: AbortSignal.timeout( 170_000 ) }
		);
		wpcd = await withWpcd( lab, server, sendingDomain );
		withSsmtp = await footprint( server );
		browser = await openBrowser();
		const { url, adminUser: user, adminPassword: password } = lab.wordpress;
		const { page } = await signIn( browser, { url, user, password } );
		screen = new ServerScreen( page, lab, { ...server, postId: wpcd.postId } );
	}, 180_000 );

	afterAll( async () => {
		await browser?.close();
		await wpcd?.leave();
		await onServer(
			server,
			'DEBIAN_FRONTEND=noninteractive apt-get purge -y -q --auto-remove ssmtp >/dev/null 2>&1; rm -rf /etc/ssmtp'
		);
	}, 120_000 );

	const openTab = async () => {
		await screen.page.goto( `${ lab.wordpress.url }/wp-admin/post.php?post=${ wpcd.postId }&action=edit` );
		await screen.page.locator( '.rwmb-tab-email-gateway a' ).click();
		await screen.button( 'Check Connection' ).waitFor();
	};

	test( 'finds the gateway in a tab of the server, and trusts the host key of the address that is kept there', async () => {
		await openTab();
		await expect( screen.connection.getByLabel( 'Host' ).count() ).resolves.toBe( 0 );
		await expect( screen.connection.textContent() ).resolves.toContain( server.host );
		await screenshot( screen.page, 'wpcd-1-tab' );
		await screen.button( 'Check Connection' ).click();
		const seen = await screen.connection.locator( '[data-fingerprint]' ).textContent();
		const keys = await onServer( server, 'for f in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf $f; done' );
		expect( keys ).toContain( seen );
		await screenshot( screen.page, 'wpcd-2-host-key' );
		await screen.button( 'Trust This Host Key' ).click();
		await screen.connection.getByText( 'Mail system on this server: ssmtp' ).waitFor();
		await screenshot( screen.page, 'wpcd-3-trusted' );
	}, 120_000 );

	test( 'imports the saved gateway in the tab beside its settings: ours takes the place of ssmtp', async () => {
		const { page } = screen;
		await page.goto( `${ lab.wordpress.url }/wp-admin/edit.php?post_type=wpcd_app_server&page=wpcd_settings` );
		const openImport = async () => {
			await page.getByRole( 'link', { name: 'APP: WordPress - Settings' } ).click();
			await page.getByRole( 'link', { name: 'Email Gateway Plugin' } ).click();
			await page.getByRole( 'tab', { name: 'Import from WPCloudDeploy' } ).click();
		};
		await openImport();
		await expect( page.getByRole( 'tab', { selected: true } ).textContent() ).resolves.toMatch( /^Import from/ );
		// its script hides every box for a name in the address that it does not know
		await page.reload();
		const received = listenIn( page, ( address ) => address.includes( 'email-gateway' ) );
		await openImport();
		await screen.button( 'Import Defaults' ).click();
		await page.locator( '.email-gateway-card' ).getByText( 'Saved as the default credentials.' ).waitFor();
		await page.getByLabel( server.name, { exact: true } ).check();
		await screen.button( 'Install on Chosen Servers' ).click();
		await screenshot( page, 'wpcd-4-import' );
		await screen.button( 'Install' ).click();
		await page
			.locator(
				`tr[data-server-id="${ wpcd.postId }"]:is([data-progress="installed"], [data-progress="failed"], [data-progress="refused"])`
			)
			.waitFor( { timeout: 240_000 } );
		await screenshot( page, 'wpcd-5-imported' );
		await expect( page.locator( 'tr[data-progress="installed"]' ).count() ).resolves.toBe( 1 );
		// WPCloudDeploy itself prints it into a field of its own tab: what matters is what ours says
		const ours = page.locator( '.email-gateway-app' ).evaluate( ( app ) => app.outerHTML );
		const told = page.evaluate( () => JSON.stringify( ( window as { emailGateway?: object } ).emailGateway ) );
		for ( const text of [ await ours, await told, await received.everything() ] ) {
			expect( text ).not.toContain( lab.provider.password );
		}
		expect( await received.everything() ).toContain( '/wpcd-import' );
		expect(
			await onServer( server, 'ls /usr/sbin/ssmtp /etc/ssmtp/ssmtp.conf 2>/dev/null; postconf -h relayhost' )
		).toBe( `[${ lab.provider.host }]:${ lab.provider.port }\n` );
	}, 300_000 );

	test( 'proves it in the tab, with the key of WPCloudDeploy', async () => {
		await openTab();
		const mail = { from: `site@${ sendingDomain }`, to: 'wpcd@recipient.example' };
		expect( await screen.sendTest( mail ) ).toBe( 'accepted' );
		await screenshot( screen.page, 'wpcd-6-accepted' );
	}, 120_000 );

	test( 'leaves the whole card to a customer on the page outside wp-admin, and nothing of wp-admin', async () => {
		const { url, customerUser: user, customerPassword: password } = lab.wordpress;
		await wpcd.php(
			`wp_update_post( array( 'ID' => ${ wpcd.postId }, 'post_author' => get_user_by( 'login', '${ user }' )->ID ) );`
		);
		const { page, complaints } = await signIn( browser, { url, user, password } );
		const ofCustomer = new ServerScreen( page, lab, { ...server, postId: wpcd.postId } );
		await page.goto( `${ url }/?post_type=wpcd_app_server&p=${ wpcd.postId }` );
		await page.locator( '.rwmb-tab-email-gateway a' ).click();
		await ofCustomer.button( 'Check Settings' ).waitFor();
		await expect( ofCustomer.button( 'Load Defaults' ).count() ).resolves.toBe( 0 );
		await expect( ofCustomer.button( 'Check Connection' ).count() ).resolves.toBe( 0 );
		// the next owner is not shown the account that was there before, so there is no From to choose
		expect( await ofCustomer.sendTest( { to: 'customer@recipient.example' } ) ).toBe( 'accepted' );
		await screenshot( page, 'wpcd-7-customer' );
		// by the style sheet of WordPress's components, which no theme brings along
		const display = ofCustomer.button( 'Check Settings' ).evaluate( ( one ) => getComputedStyle( one ).display );
		await expect( display ).resolves.toBe( 'flex' );
		const edit = `${ url }/wp-admin/post.php?post=${ wpcd.postId }&action=edit`;
		expect( ( await page.goto( edit ) )?.status() ).toBe( 403 );
		expect( complaints ).toEqual( [] );
		await page.context().close();
	}, 180_000 );

	test( 'is stopped when its cloud tells another address, and goes on when it is changed back', async () => {
		const setAddress = ( address: string ) =>
			wpcd.php(
				`update_option( 'wpcd_settings', array( 'vpn_custom-server_ipv4' => '${ address }' ) + get_option( 'wpcd_settings' ) );`
			);
		await setAddress( '203.0.113.99' );
		await openTab();
		await screen.connection.getByText( 'Everything is stopped' ).waitFor();
		await screen.button( 'Send Test Email' ).click();
		await screen.gateway.getByText( 'WPCloudDeploy now has another address or user for this server.' ).waitFor();
		await screenshot( screen.page, 'wpcd-8-moved' );
		await setAddress( server.host );
	}, 120_000 );

	test( 'Remove gives ssmtp back with its password, and leaves the server as it was', async () => {
		await openTab();
		await screen.remove();
		await screenshot( screen.page, 'wpcd-9-removed' );
		expect( await onServer( server, 'cat /etc/ssmtp/ssmtp.conf' ) ).toContain( oldPassword );
		expect( await footprint( server ) ).toEqual( withSsmtp );
	}, 240_000 );
} );
