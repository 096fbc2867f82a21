import { randomBytes } from 'node:crypto';
import { connect as connectTcp, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { TestResult } from '@email-gateway/shared';
import { preflight } from '../mail/preflight.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from '../mail/test-smtp.ts';
import { connectTo, testServers } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { flush } from './flush.ts';
import { prove, type TestMail } from './prove.ts';
import { install, password, planFor, removeIfThere, say } from './test-gateway.ts';

jest.setTimeout( 180_000 );

const name = 'provider.prove-test.example';
const certificates = makeTestCertificates( name );
const healthy: Script = { tls: certificates.good };

/** The address of this machine that a server sees. */
const addressTowards = async ( host: string, port: number ): Promise< string > => {
	const socket: Socket = connectTcp( port, host );
	await once( socket, 'connect' );
	const { localAddress = '' } = socket;
	socket.destroy();
	return localAddress;
};

describe.each( testServers() )( '$name ($kind)', ( server ) => {
	let remote: Remote;
	let provider: TestSmtp;
	let script: Script;
	let settings: { smtpServer: string; smtpPort: number; caCertificate: string };
	let steps: string[] = [];

	const send = ( change: Partial< TestMail > = {} ): Promise< TestResult > => {
		const mail = {
			from: 'site@example.com',
			to: 'you@example.org',
			token: randomBytes( 16 ).toString( 'hex' ),
			siteName: 'A <shop> & more',
			provider: settings,
			...change,
		};
		steps = [];
		return prove( remote, mail, {
			signal: AbortSignal.timeout( 100_000 ),
			onStep: ( step, phase ) => void steps.push( `${ step } ${ phase }` ),
		} );
	};

	beforeAll( async () => {
		remote = await connectTo( server, AbortSignal.timeout( 900_000 ) );
		await removeIfThere( remote );
		script = { ...healthy };
		const host = await addressTowards( server.host, server.sshPort );
		provider = await startTestSmtp( script, { host } );
		await remote.run( `IFS= read -r line; cp -a /etc/hosts /root/hosts.prove-test; echo "$line" >>/etc/hosts`, {
			stdin: Buffer.from( `${ host } ${ name }\n` ),
			signal: AbortSignal.timeout( 10_000 ),
			timeoutMs: 10_000,
		} );
		settings = { smtpServer: name, smtpPort: provider.port, caCertificate: certificates.ca };
		await install( remote, undefined, settings );
	} );
	afterAll( async () => {
		await removeIfThere( remote );
		await say( remote, 'mv /root/hosts.prove-test /etc/hosts; rm -rf /var/lib/email-gateway-saved-queue-*' );
		remote.close();
		await provider.stop();
	} );
	beforeEach( () => {
		for ( const key of Object.keys( script ) ) {
			delete script[ key as keyof Script ];
		}
		Object.assign( script, healthy );
		provider.heard.length = 0;
	} );

	test( 'preflight sees through the server what Postfix will see', async () => {
		const { desired } = await planFor( remote, settings );
		expect( desired.relayhost ).toBe( `[${ name }]:${ provider.port }` );
		const input = {
			settings: {
				userName: 'u',
				sendingDomain: 'example.com',
				note: '',
				serverHostname: null,
				rootMail: null,
				...settings,
			},
			password,
			signal: AbortSignal.timeout( 30_000 ),
		};
		await expect( preflight( remote, input ) ).resolves.toEqual( { tlsVersion: 'TLSv1.3', certificateName: name } );
		await expect(
			preflight( remote, { ...input, reach: { mayReachLocalAddresses: false } } )
		).rejects.toMatchObject( { code: 'server_address_refused' } );
	} );

	test( 'a message is followed to the provider’s acceptance', async () => {
		const result = await send();
		expect( result ).toMatchObject( {
			outcome: 'accepted',
			diagnosis: {
				cause: 'accepted',
				enhancedCode: '2.0.0',
				reply: '250 2.0.0 Ok: queued as 4cTEST1234',
				stage: null,
			},
			relay: expect.stringMatching(
				new RegExp( `^${ name.replaceAll( '.', '\\.' ) }\\[[0-9.]+\\]:${ provider.port }$` )
			),
			tlsVersion: 'TLSv1.3',
			certificateName: name,
		} );
		expect( result.handOverMs ).toBeLessThan( 2_000 );
		expect( result.log.at( 0 ) ).toMatch( /postfix\/pickup\[\d+\]: .*uid=33 / );
		expect( steps ).toEqual( [ 'submit started', 'submit finished', 'follow started', 'follow finished' ] );
		expect( provider.heard ).toEqual(
			expect.arrayContaining( [
				'From: site@example.com',
				'To: you@example.org',
				expect.stringMatching( /^Content-Type: multipart\/alternative;/ ),
				'Content-Type: text/html; charset=utf-8',
			] )
		);
		expect( provider.heard.some( ( line ) => /^MAIL FROM:<site@example\.com>/.test( line ) ) ).toBe( true );
	} );

	test.each( [ '.dot@example.org', 'a..b@example.org' ] )( '%s is found as Postfix logs it', async ( to ) => {
		expect( await send( { to } ) ).toMatchObject( { outcome: 'accepted' } );
	} );

	test( 'an address that a shell would read as more is only an address', async () => {
		const from = "a'$HOME`id`*|&{}@example.com";
		expect( await send( { from, to: "it's+$HOME@example.org" } ) ).toMatchObject( {
			outcome: 'accepted',
			from,
			to: "it's+$HOME@example.org",
		} );
		expect( provider.heard ).toContain( `From: ${ from }` );
	} );

	test( 'what another transport took was not accepted by the provider, nor refused', async () => {
		await say( remote, 'postconf -e default_transport=discard && postfix reload >/dev/null 2>&1' );
		const result = await send();
		await say( remote, 'postconf -e default_transport=smtp && postfix reload >/dev/null 2>&1' );
		expect( result ).toMatchObject( { outcome: 'elsewhere', diagnosis: { cause: 'not_through_gateway' } } );
	} );

	test( 'a relayhost that was changed by hand is told as that, not as a typing error', async () => {
		const other = `relayhost=[other.${ name }]:${ provider.port }`;
		await say( remote, `postconf -e '${ other }' && postfix reload >/dev/null 2>&1` );
		const result = await send();
		await say(
			remote,
			`postconf -e 'relayhost=[${ name }]:${ provider.port }' && postfix reload >/dev/null 2>&1; postsuper -d ALL >/dev/null 2>&1`
		);
		expect( result ).toMatchObject( { outcome: 'waiting', diagnosis: { cause: 'settings_changed_by_hand' } } );
	} );

	test( 'a sender that the provider does not know waits until it does, with the words of the refusal', async () => {
		script.replies = { MAIL: '550 5.7.1 Sender address rejected: not verified' };
		expect( await send() ).toMatchObject( {
			outcome: 'waiting',
			diagnosis: {
				cause: 'sender_refused',
				enhancedCode: '4.7.1',
				reply: '550 5.7.1 Sender address rejected: not verified',
				stage: 'MAIL FROM',
			},
		} );
		await say( remote, 'postsuper -d ALL' );
	} );

	test.each( [ 1, 2 ] )(
		'a wrong password lets it wait, and the next test tells how things are then: %d addresses',
		async ( count ) => {
			// as large providers have: Postfix asks the first one only, and remembers for the others
			const again = `cp -a /etc/hosts /root/hosts.one; grep -F '${ name }' /root/hosts.one >>/etc/hosts`;
			await say( remote, count > 1 ? again : 'cp -a /etc/hosts /root/hosts.one' );
			script.replies = { AUTH: '535 5.7.8 Error: authentication failed' };
			expect( await send() ).toMatchObject( {
				outcome: 'waiting',
				diagnosis: { cause: 'wrong_credentials', reply: '535 5.7.8 Error: authentication failed' },
			} );
			// Postfix now spares this provider for half a minute; the test asks it to try all the same
			expect( await send() ).toMatchObject( { outcome: 'waiting', diagnosis: { cause: 'wrong_credentials' } } );
			script.replies = {};
			expect( await send() ).toMatchObject( { outcome: 'accepted' } );
			await say( remote, 'postsuper -d ALL; mv /root/hosts.one /etc/hosts' );
		}
	);

	test.each( [
		[ 'certificate_expired', certificates.expired ],
		[ 'certificate_wrong_name', certificates.wrongName ],
		[ 'certificate_self_signed', certificates.selfSigned ],
		[ 'certificate_untrusted', certificates.untrusted ],
	] )( '%s: it waits, the password stays here', async ( cause, tls ) => {
		script.tls = tls;
		await say( remote, 'postfix reload; sleep 1' );
		expect( await send() ).toMatchObject( { outcome: 'waiting', certificateName: null, diagnosis: { cause } } );
		expect( provider.heard.some( ( line ) => line.startsWith( 'AUTH' ) ) ).toBe( false );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'a provider that takes the connection and says nothing is told as that, though Postfix waits on', async () => {
		script.greeting = null;
		const { outcome, diagnosis } = await send();
		delete script.greeting;
		provider.hangUp();
		await say( remote, 'postsuper -d ALL' );
		expect( { outcome, cause: diagnosis.cause } ).toEqual( { outcome: 'waiting', cause: 'greeting_timed_out' } );
	} );

	test( 'right after the log was rotated there is no log, and all the same a proof', async () => {
		// again where a connection of an earlier test just ends, and that is logged
		const rotate = `log=/var/log/email-gateway/mail.log
			for try in 1 2 3 4 5; do postfix logrotate; sleep 2; [ -e $log ] || break; done; ls $log`;
		expect( await say( remote, rotate ) ).toBe( '' );
		expect( ( await send() ).outcome ).toBe( 'accepted' );
	} );

	test( 'the log is rotated between hand-over and answer, and nothing is lost', async () => {
		script.greeting = null;
		provider.onConnection = () => {
			delete script.greeting;
			void say( remote, 'cd /var/log/email-gateway && mv mail.log mail.log.1 && postfix reload' ).then( () =>
				provider.hangUp()
			);
		};
		const result = await send();
		expect( await say( remote, 'grep -c message-id= /var/log/email-gateway/mail.log.1' ) ).not.toBe( '0\n' );
		expect( result.queueId ).toMatch( /^[0-9A-Za-z]{10,}$/ );
		expect( [ 'accepted', 'waiting' ] ).toContain( result.outcome );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'a site’s user cannot forge, write or read what counts as proof', async () => {
		script.replies = { RCPT: '450 4.7.1 Greylisted' };
		const forge = `cd /; log=$(postconf -h maillog_file)
		as_site() { setpriv --reuid=33 --regid=33 --clear-groups -- "$@"; }
		as_site sh -c "echo x >>'$log'" 2>/dev/null && echo wrote
		as_site cat "$log" >/dev/null 2>&1 && echo read
		line='4jYLX11vlMznnrD: to=<you@example.org>, relay=smtp[203.0.113.9]:587, delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent (250 forged)'
		as_site postlog -t postfix/smtp "$line" >/dev/null 2>&1
		as_site logger -t 'postfix/smtp[99]' "$line" 2>/dev/null
		printf 'Message-ID: <%s>\\nSubject: %s\\n\\nx\\n' "$line" "$line" | as_site sendmail -i -f site@example.com 'status=sent.(250.forged)@example.org'
		sleep 2
		grep -c 'smtp\\[[0-9]*\\]: 4jYLX11vlMznnrD' "$log"`;
		const [ forged, result ] = await Promise.all( [ say( remote, forge ), send() ] );
		expect( forged.trim() ).toBe( '0' );
		expect( result ).toMatchObject( {
			outcome: 'waiting',
			diagnosis: { cause: 'greylisted', reply: '450 4.7.1 Greylisted' },
		} );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'a message with the same Message-ID, by who has read ours, is told as tampering', async () => {
		script.replies = {};
		const token = randomBytes( 16 ).toString( 'hex' );
		const forge = `as_site() { setpriv --reuid=33 --regid=33 --clear-groups -- "$@"; }
		for turn in 1 2 3 4 5 6 7 8 9 10 11 12; do
			printf 'Message-ID: <${ token }@example.com>\\nSubject: x\\n\\nx\\n' | as_site sendmail -i -f other@example.com you@example.org
			sleep 0.2
		done`;
		const [ , result ] = await Promise.allSettled( [ say( remote, forge ), send( { token } ) ] );
		expect( result ).toMatchObject( { status: 'rejected', reason: { code: 'test_tampered' } } );
		expect( steps.at( -1 ) ).toBe( 'follow failed' );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'a Message-ID that reads like a line of the log makes no waiting message a delivered one', async () => {
		script.replies = { RCPT: '450 4.7.1 Greylisted' };
		const { queueId } = await send();
		const forge = `as_site() { setpriv --reuid=33 --regid=33 --clear-groups -- "$@"; }
		sleep 1
		printf 'Message-ID: <a/smtp[1]: ${ queueId }: to=<you@example.org>, status=sent (250 forged)>\\nSubject: x\\n\\nx\\n' |
			as_site sendmail -i -f site@example.com you@example.org
		sleep 2
		grep -c 'smtp\\[1\\]: ${ queueId }: to=' /var/log/email-gateway/mail.log`;
		const signal = AbortSignal.timeout( 60_000 );
		const [ forged, flushed ] = await Promise.all( [
			say( remote, forge ),
			flush( remote, { signal, seconds: 5 } ),
		] );
		expect( forged.trim() ).toBe( '1' );
		expect( flushed.delivered ).toBe( 0 );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'sendmail’s own refusal is told with its words', async () => {
		await say( remote, `postconf -e 'authorized_submit_users = !www-data, static:all'` );
		await expect( send() ).rejects.toMatchObject( {
			code: 'test_not_submitted',
			detail: { said: expect.stringContaining( 'not allowed to submit mail' ) },
		} );
		expect( steps ).toEqual( [ 'submit started', 'submit failed' ] );
		await say( remote, `postconf -e 'authorized_submit_users = static:all'` );
	} );
} );
