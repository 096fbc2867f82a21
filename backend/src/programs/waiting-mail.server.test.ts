import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { waitingProgram } from '../gateway/waiting-files.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from '../mail/test-smtp.ts';
import { connectTo, testServers } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { flush } from './flush.ts';
import { look } from './look.ts';
import { addressTowards, install, planFor, removeIfThere, say } from './test-gateway.ts';

jest.setTimeout( 240_000 );

const name = 'provider.waiting-test.example';
const certificates = makeTestCertificates( name );
const forget = `sed -i '/ ${ name }$/d' /etc/hosts`;
const limit = '550-5.4.5 Daily user sending limit\r\n550 5.4.5 exceeded';

describe.each( testServers() )( '$name ($kind)', ( server ) => {
	let remote: Remote;
	let provider: TestSmtp;
	const script: Script = { tls: certificates.good };
	/** What it says from now on, also where a connection is still open. */
	const answer = ( replies: Script[ 'replies' ] & object ) => {
		script.replies = replies;
		provider.hangUp();
	};
	const run = () => say( remote, `sh ${ waitingProgram }` );
	const send = ( count: number ) =>
		say(
			remote,
			`i=0; while [ $i -lt ${ count } ]; do i=$((i + 1)); printf 'Subject: x\\n\\nx\\n' |
				setpriv --reuid=33 --regid=33 --clear-groups -- sendmail -i -f site@example.com you@example.org; done`
		);
	const waiting = async () => {
		const [ deferred = 0, hold = 0 ] = (
			await say( remote, 'for q in deferred hold; do find /var/spool/postfix/$q -type f | wc -l; done' )
		)
			.split( '\n' )
			.map( Number );
		return { deferred, hold };
	};
	/** Until nothing is on its way any more, and nothing is due. */
	const settled = () =>
		say(
			remote,
			`sleep 1; cd /var/spool/postfix && for i in $(seq 120); do
				[ -n "$(find maildrop incoming active -type f; find deferred -type f ! -newermt now)" ] || break
				sleep 0.5
			done`
		);
	const tries = () => provider.heard.filter( ( line ) => /^MAIL FROM/.test( line ) ).length;
	const logins = () => provider.heard.filter( ( line ) => line.startsWith( 'AUTH' ) ).length;
	/** As if the last tries had been before the pause after a login that is refused. */
	const letPausePass = () =>
		say( remote, 'find /var/spool/postfix/defer -type f -exec touch -d "12 minutes ago" {} +' );
	/** As if the next try of every message that is held were due. */
	const letTimePass = () => say( remote, 'find /var/spool/postfix/hold -type f -exec touch -d "1 minute ago" {} +' );

	beforeAll( async () => {
		remote = await connectTo( server, AbortSignal.timeout( 900_000 ) );
		await removeIfThere( remote );
		const host = await addressTowards( server );
		provider = await startTestSmtp( script, { host } );
		// once: Postfix logs in at each address that a name has, and two lines are two
		await say( remote, `${ forget }; echo '${ host } ${ name }' >>/etc/hosts` );
		await install( remote, undefined, {
			smtpServer: name,
			smtpPort: provider.port,
			caCertificate: certificates.ca,
		} );
		// the test is the clock
		await say( remote, 'systemctl stop email-gateway-waiting.timer' );
	} );
	afterAll( async () => {
		await say( remote, forget );
		await removeIfThere( remote );
		await say( remote, 'rm -rf /var/lib/email-gateway-saved-queue-*' );
		remote.close();
		await provider.stop();
	} );

	test( 'many refused messages are tried one a minute, and all leave once one is accepted', async () => {
		answer( { END: limit } );
		await send( 30 );
		await settled();
		expect( await waiting() ).toEqual( { deferred: 30, hold: 0 } );
		await run();
		// none is due yet
		expect( await waiting() ).toEqual( { deferred: 0, hold: 30 } );
		await letTimePass();
		for ( let minute = 0; minute < 3; minute++ ) {
			const before = tries();
			await run();
			await settled();
			expect( tries() - before ).toBe( 1 );
		}
		answer( {} );
		await letTimePass();
		for ( let minute = 0; minute < 6; minute++ ) {
			await run();
			await settled();
		}
		expect( await waiting() ).toEqual( { deferred: 0, hold: 0 } );
	} );

	test( 'so are many that an account puts off for now, and a notice that is put off is kept', async () => {
		answer( { MAIL: '454 4.7.0 Throttling failure: Daily message quota exceeded' } );
		await send( 12 );
		await say( remote, `printf 'Subject: n\\n\\nn\\n' | sendmail -i -f '<>' you@example.org` );
		await settled();
		await run();
		expect( await waiting() ).toEqual( { deferred: 1, hold: 12 } );
		await letTimePass();
		const before = tries();
		await run();
		await settled();
		expect( tries() - before ).toBe( 1 );
		answer( {} );
		await flush( remote, { signal: AbortSignal.timeout( 60_000 ), older: 'deliver' } );
		expect( await waiting() ).toEqual( { deferred: 0, hold: 0 } );
	} );

	test( 'a look tells what waiting mail has met, by number, with hostile words as text', async () => {
		await say( remote, 'postsuper -d ALL 2>/dev/null' );
		answer( { END: `450 4.7.1 Try later \x1b[31m $(reboot) \xff\xfe ${ 'x'.repeat( 900 ) }` } );
		await send( 3 );
		await settled();
		answer( { RCPT: '451 4.3.0 no room for 17' } );
		await send( 1 );
		await settled();
		const { stuck, deferrals } = await look( remote, { signal: AbortSignal.timeout( 60_000 ) } );
		expect( stuck ).toBe( 4 );
		expect( deferrals.map( ( { count } ) => count ) ).toEqual( [ 3, 1 ] );
		expect( deferrals[ 0 ]?.reason ).toMatch( /^host \S+ said: 450 4\.7\.1 Try later \S* ?\S* ?\$\(reboot\) / );
		expect( deferrals[ 0 ]?.reason ).toHaveLength( 600 );
		expect( deferrals[ 1 ]?.reason ).toContain( '451 4.3.0 no room for 17' );
		expect( Math.abs( ( deferrals[ 1 ]?.at ?? 0 ) - Date.now() / 1000 ) ).toBeLessThan( 60 );
		answer( {} );
		await flush( remote, { signal: AbortSignal.timeout( 60_000 ), older: 'deliver' } );
		expect( ( await look( remote, { signal: AbortSignal.timeout( 60_000 ) } ) ).deferrals ).toEqual( [] );
	} );

	test( 'few messages keep their own pace, and what a person holds stays', async () => {
		answer( { MAIL: '550 5.1.8 Sender not verified' } );
		await send( 3 );
		await settled();
		await say( remote, 'postqueue -j | sed -n \'1s/.*"queue_id": "\\([^"]*\\)".*/\\1/p\' | postsuper -h -' );
		await run();
		expect( await waiting() ).toEqual( { deferred: 2, hold: 1 } );
		answer( {} );
		const signal = AbortSignal.timeout( 60_000 );
		await expect( flush( remote, { signal } ) ).resolves.toEqual( { delivered: 2, waiting: 0, older: 0 } );
		expect( await waiting() ).toEqual( { deferred: 0, hold: 1 } );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'the button delivers what is held for the provider’s sake', async () => {
		answer( { RCPT: '550 5.7.1 Your account has been suspended' } );
		await send( 15 );
		await settled();
		await run();
		expect( await waiting() ).toEqual( { deferred: 0, hold: 15 } );
		answer( {} );
		const signal = AbortSignal.timeout( 60_000 );
		await expect( flush( remote, { signal } ) ).resolves.toEqual( { delivered: 15, waiting: 0, older: 0 } );
	} );

	test( 'what waits for a person is held a day before it would come back, and delivered by the button', async () => {
		answer( { MAIL: '550 5.1.8 Sender not verified' } );
		await send( 1 );
		await settled();
		// Postfix takes the age from the message itself: the program is told that the time is up instead
		await say( remote, `sleep 2; sed 's/^hold_after=.*/hold_after=1/' ${ waitingProgram } | sh` );
		expect( await waiting() ).toEqual( { deferred: 0, hold: 1 } );
		await run();
		expect( await waiting() ).toEqual( { deferred: 0, hold: 1 } );
		answer( {} );
		const signal = AbortSignal.timeout( 60_000 );
		await expect( flush( remote, { signal } ) ).resolves.toEqual( { delivered: 1, waiting: 0, older: 0 } );
	} );

	test( 'older mail is asked about; what a person chose to hold stays until it is delivered by choice', async () => {
		const signal = AbortSignal.timeout( 120_000 );
		/** Whatever has arrived by now is older than that. */
		const all = { signal, olderAfterS: 0 };
		answer( { MAIL: '550 5.1.8 Sender not verified' } );
		await send( 12 );
		await settled();
		await run();
		expect( await waiting() ).toEqual( { deferred: 0, hold: 12 } );
		answer( {} );
		const before = tries();
		await expect( flush( remote, { ...all, older: 'ask' } ) ).resolves.toEqual( {
			...{ delivered: 0, waiting: 12, older: 12 },
		} );
		await expect( flush( remote, { ...all, older: 'hold' } ) ).resolves.toEqual( {
			...{ delivered: 0, waiting: 0, older: 12 },
		} );
		expect( tries() ).toBe( before );
		answer( { MAIL: '550 5.1.8 Sender not verified' } );
		await send( 1 );
		await settled();
		answer( {} );
		await expect( flush( remote, { signal, older: 'hold' } ) ).resolves.toEqual( {
			...{ delivered: 1, waiting: 0, older: 12 },
		} );
		// Reinstall leaves what was chosen
		await expect( flush( remote, { signal } ) ).resolves.toEqual( { delivered: 0, waiting: 0, older: 0 } );
		await run();
		expect( await waiting() ).toEqual( { deferred: 0, hold: 12 } );
		await expect( flush( remote, { signal, older: 'ask' } ) ).resolves.toMatchObject( { delivered: 0, older: 12 } );
		// on a busy server it takes a while until they have come in again
		await say( remote, 'pkill -STOP -x pickup; (sleep 4; pkill -CONT -x pickup) >/dev/null 2>&1 &' );
		await expect( flush( remote, { signal, older: 'deliver' } ) ).resolves.toEqual( {
			...{ delivered: 12, waiting: 0, older: 0 },
		} );
		expect( await waiting() ).toEqual( { deferred: 0, hold: 0 } );
	} );

	const notice = () => say( remote, `printf 'Subject: n\\n\\nn\\n' | sendmail -i -f '<>' you@example.org` );

	test.each( [ 'MAIL', 'END' ] as const )(
		'a notice that the provider refuses is not tried again: %s',
		async ( stage ) => {
			answer( { [ stage ]: '550 5.7.1 The From address does not match a verified sender identity' } );
			await notice();
			await settled();
			expect( await waiting() ).toEqual( { deferred: 1, hold: 0 } );
			await run();
			expect( await waiting() ).toEqual( { deferred: 0, hold: 0 } );
		}
	);

	test( 'a notice that is put off counts as no mail of a site, and its reason is not told', async () => {
		answer( { MAIL: '450 4.7.1 No notices at the moment' } );
		await notice();
		await settled();
		const signal = AbortSignal.timeout( 60_000 );
		expect( await look( remote, { signal } ) ).toMatchObject( {
			...{ queue: 0, stuck: 0, deferrals: [], oldestS: null },
		} );
		await send( 2 );
		await settled();
		const { queue, stuck, deferrals, oldestS } = await look( remote, { signal } );
		expect( { queue, stuck, oldestS, counts: deferrals.map( ( { count } ) => count ) } ).toEqual( {
			...{ queue: 2, stuck: 2, oldestS: expect.any( Number ), counts: [ 2 ] },
		} );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'after an outage mail leaves within a minute; a login that was refused is left alone', async () => {
		// the test before leaves a provider that refuses each sender
		answer( {} );
		script.greeting = '';
		await send( 2 );
		await settled();
		expect( await waiting() ).toEqual( { deferred: 2, hold: 0 } );
		delete script.greeting;
		await run();
		await settled();
		expect( await waiting() ).toEqual( { deferred: 0, hold: 0 } );

		answer( { AUTH: '454 4.7.0 Too many login attempts' } );
		const before = logins();
		await send( 5 );
		await settled();
		await run();
		await run();
		await settled();
		expect( logins() - before ).toBe( 1 );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'a login is tried again by one mail after its pause; once it is right the others follow', async () => {
		answer( { AUTH: '534 5.7.9 Application-specific password required' } );
		await send( 12 );
		await settled();
		// what tests before have left behind is known then
		await run();
		await run();
		await letPausePass();
		const before = logins();
		for ( let minute = 0; minute < 3; minute++ ) {
			await run();
			await settled();
		}
		expect( logins() - before ).toBe( 1 );
		expect( await waiting() ).toEqual( { deferred: 12, hold: 0 } );

		answer( {} );
		await letPausePass();
		await run();
		await settled();
		expect( await waiting() ).toEqual( { deferred: 0, hold: 0 } );
	} );

	test( 'what was lost on the way to a login that is right again is no refused login', async () => {
		answer( { AUTH: '534 5.7.9 Application-specific password required' } );
		await send( 12 );
		await settled();
		answer( {} );
		script.greeting = '';
		await say( remote, 'postqueue -i "$(find /var/spool/postfix/deferred -type f -printf "%f\n" -quit)"' );
		await settled();
		delete script.greeting;
		await run();
		await settled();
		expect( await waiting() ).toEqual( { deferred: 0, hold: 0 } );
	} );

	test.each( [
		'535 5.7.8 Error: authentication failed',
		'534 5.7.9 Application-specific password required',
		'550 5.7.1 User has no permission',
		'454 4.7.0 Temporary authentication failure',
	] )( 'a provider with seven addresses sees no more logins than connections are allowed: %s', async ( reply ) => {
		await say(
			remote,
			`line=$(grep ' ${ name }$' /etc/hosts | head -n 1); ${ forget }
			for at in 1 2 3 4 5 6 7; do echo "$line"; done >>/etc/hosts
			rm -f /var/lib/postfix/email_gateway_logins.*; postfix reload; sleep 1`
		);
		answer( { AUTH: reply } );
		const before = logins();
		await send( 12 );
		await settled();
		const tried = logins() - before;
		expect( tried ).toBeGreaterThan( 0 );
		expect( tried ).toBeLessThanOrEqual( 5 );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'it is part of the gateway: a timer that was stopped is planned for, and Remove takes all of it', async () => {
		expect(
			( await planFor( remote, { smtpServer: name, smtpPort: provider.port, caCertificate: certificates.ca } ) )
				.steps
		).toEqual( [ expect.objectContaining( { kind: 'enable_service', subject: 'email-gateway-waiting.timer' } ) ] );
		await removeIfThere( remote );
		expect(
			await say(
				remote,
				`ls ${ waitingProgram } /etc/systemd/system/email-gateway* 2>/dev/null; systemctl list-timers --all | grep email-gateway`
			)
		).toBe( '' );
	} );
} );
