import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { LabServer } from '../state.ts';
import { controlProvider } from '../torture/provider-control.ts';
import { openBrowser, screenshot, signIn } from './browser.ts';
import { changePassword, emptyInbox } from './inbox.ts';
import { runningLab } from './lab.ts';
import { ServerScreen } from './server-screen.ts';
import { onServer, phpMail } from './server.ts';

const lab = runningLab();
const server = lab.servers.find( ( { owner } ) => owner === 'customer' ) as LabServer;
const user = 'waiting@example.test';
const password = 'a password of the one whose mail waits';
const control = controlProvider( { ...lab.provider, user } );
const recipients = Array.from( { length: 5 }, ( _none, at ) => `order-${ at }@recipient.example` );

/** Some of what waits is as old as a day and a bit: Postfix reads that from the message. Its next try stays where it is. */
const makeOld = `cd /var/spool/postfix/deferred && find . -type f | sort | head -n 2 | xargs perl -e '
for ( @ARGV ) {
	my @times = ( stat )[ 8, 9 ];
	open( my $file, "+<", $_ ) or die;
	read( $file, my $head, 4096 );
	$head =~ /T.(\\d{10}) /s or die "no time in $_";
	seek( $file, $-[ 1 ], 0 );
	print $file $1 - 90000;
	close $file;
	utime @times, $_;
}'`;

describe( 'a customer whose account at the provider is closed', () => {
	let browser: Browser;
	let screen: ServerScreen;

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
	}, 300_000 );

	afterAll( async () => {
		await control.heal();
		await browser?.close();
	} );

	test( 'reads how many messages wait, why, whose turn it is and what to do', async () => {
		const refusal = '550-5.7.1 Your account has been suspended.\n550 5.7.1 Contact our support';
		await control.fail( { atAccount: { [ user ]: { mailFrom: refusal } } } );
		for ( const to of recipients ) {
			await phpMail( server, to, 'an order' );
		}
		const test = { from: 'shop@site.example', to: 'test@recipient.example' };
		expect( await screen.sendTest( test ) ).toBe( 'waiting' );
		await screen.gateway.getByText( '6 messages wait: ' ).waitFor( { timeout: 120_000 } );
		await screen.gateway.getByText( 'The owner of the provider account can fix this.' ).first().waitFor();
		await screenshot( screen.page, 'waiting-1-why' );
	}, 240_000 );

	test( 'delivers all of it with one button after the mend; old mail is asked about by number', async () => {
		await onServer( server, makeOld );
		await control.heal();
		await screen.begin( 'deliver_waiting_mail', screen.button( 'Deliver Waiting Mail' ) );
		await screen.ends( 'deliver_waiting_mail' );
		await screen.gateway.getByText( '2 messages are older than a day' ).waitFor();
		await screenshot( screen.page, 'waiting-2-older' );
		expect( await control.messages() ).toEqual( [] );
		await screen.begin( 'deliver_waiting_mail', screen.button( 'Deliver All' ) );
		await screen.gateway.getByText( '6 waiting messages delivered.' ).waitFor( { timeout: 120_000 } );
		await screenshot( screen.page, 'waiting-3-delivered' );
		const arrived = ( await control.messages() ).flatMap( ( { to } ) => to );
		expect( arrived.sort() ).toEqual( [ ...recipients, 'test@recipient.example' ].sort() );
	}, 240_000 );

	test( 'has nothing left to deliver, and removes the gateway', async () => {
		await screen.open();
		expect( await screen.button( 'Deliver Waiting Mail' ).count() ).toBe( 0 );
		await screen.remove();
	}, 240_000 );
} );
