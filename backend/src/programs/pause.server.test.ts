import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventOf } from '../gateway/mail-events.ts';
import type { Paused } from '../gateway/pauses.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from '../mail/test-smtp.ts';
import type { Remote } from '../ssh/remote.ts';
import { testServers } from '../ssh/test-servers.ts';
import { changeQueue } from './queue.ts';
import { remove } from './remove.ts';
import { readSiteQueue } from './site-queue.ts';
import { actedScript, actingUsers } from './test-acting-users.ts';
import { addressTowards, beginOn, follower, install, planFor, say, stateOf } from './test-gateway.ts';
import { lettingGo, smtpClients, tricks, worksForNobody } from './test-pause-tricks.ts';

jest.setTimeout( 300_000 );

const name = 'provider.pause-test.example';
const certificates = makeTestCertificates( name );
const forget = `sed -i '/ ${ name }$/d' /etc/hosts`;
const siteA = { uid: 2001, name: 'site-a', address: 'shop@a.test' };
const siteB = { uid: 2002, name: 'site-b', address: 'shop@b.test' };
const users = [ siteA, siteB ];
const paused = ( how: Paused[ 'how' ], { uid, name: user } = siteA ): Paused[] => [ { uid, user, how } ];

describe.each( testServers() )( 'pausing a site ($kind)', ( server ) => {
	let remote: Remote;
	let provider: TestSmtp;
	let before: string[] = [];
	const script: Script = { tls: certificates.good };
	const signal = () => AbortSignal.timeout( 120_000 );
	const changes = () => ( { smtpServer: name, smtpPort: provider.port, caCertificate: certificates.ca } );
	const put = ( pauses: Paused[] ) => install( remote, undefined, changes(), undefined, { paused: pauses } );
	const planWith = ( pauses: Paused[] ) => planFor( remote, changes(), undefined, { paused: pauses } );
	const { as, settled, held } = actingUsers( () => remote );
	const left = ( token: string ) => provider.heard.some( ( line ) => line.includes( token ) );
	const answer = ( replies: Script[ 'replies' ] & object ) => {
		script.replies = replies;
		provider.hangUp();
	};
	const mail = ( token: string, how: 'sendmail' | 'smtp' ) =>
		how === 'sendmail'
			? `printf 'Subject: ${ token }\\n\\nx\\n' | sendmail you@example.org`
			: `printf 'EHLO a\\nMAIL FROM:<x@y.test>\\nRCPT TO:<you@example.org>\\nDATA\\nSubject: ${ token }\\n\\nx\\n.\\n' | perl /tmp/smtp.pl 127.0.0.1`;

	beforeAll( async () => {
		( { remote } = await beginOn( server ) );
		await say(
			remote,
			users
				.map( ( { name: user, uid } ) => `id ${ user } >/dev/null 2>&1 || useradd -u ${ uid } -M ${ user }` )
				.join( '\n' )
		);
		before = await stateOf( remote );
		const host = await addressTowards( server );
		provider = await startTestSmtp( script, { host } );
		await say( remote, `${ smtpClients }\n${ forget }; echo '${ host } ${ name }' >>/etc/hosts` );
		await put( [] );
		await say( remote, 'systemctl stop email-gateway-waiting.timer' );
	} );
	afterAll( async () => {
		await say(
			remote,
			`${ forget }; rm -rf /tmp/smtp.pl /tmp/blast.pl ${ actedScript } /tmp/own.*; postsuper -d ALL 2>/dev/null
			userdel site-a; userdel site-b; rm -rf /var/lib/email-gateway-saved-queue-* /var/backups/email-gateway`
		);
		remote.close();
		await provider.stop();
	} );

	test( 'the log names the Unix user of what comes by SMTP', async () => {
		await as( siteA, mail( 'by-smtp', 'smtp' ) );
		await settled();
		const lines = ( await say( remote, 'cat /var/log/email-gateway/mail.log' ) ).split( '\n' );
		expect( lines.flatMap( ( line ) => eventOf( line ) ?? [] ) ).toContainEqual(
			expect.objectContaining( { kind: 'submitter', uid: siteA.uid } )
		);
		expect( left( 'by-smtp' ) ).toBe( true );
	} );

	test( 'what it has queued is found by its user, and held', async () => {
		answer( { RCPT: '450 4.7.1 later' } );
		for ( const user of users ) {
			await as( user, mail( `queued-${ user.name }`, 'sendmail' ) );
			await as( user, mail( `queued-${ user.name }`, 'smtp' ) );
		}
		await settled();
		await put( paused( 'hold' ) );
		const ids = await readSiteQueue( remote, { uid: siteA.uid, signal: signal() } );
		expect( ids ).toHaveLength( 2 );
		expect( await changeQueue( remote, { action: 'hold', ids, signal: signal() } ) ).toEqual( {
			changed: 2,
			gone: 0,
		} );
		answer( {} );
		await settled();
		expect( left( 'Subject: queued-site-b' ) ).toBe( true );
		expect( left( 'Subject: queued-site-a' ) ).toBe( false );
		const { facts } = await planWith( paused( 'hold' ) );
		expect( facts ).toMatchObject( { stuck: 0, kept: facts.queue, oldestS: null } );
	} );

	test( 'no trick of its Unix user lets its mail out', async () => {
		const all = Object.entries( tricks( siteB ) );
		for ( const [ at, [ , command ] ] of all.entries() ) {
			await as( siteA, command.replaceAll( 'TOKEN', `trick-${ at }-end` ) );
		}
		const count = await held();
		for ( const command of lettingGo ) {
			await as( siteA, command );
		}
		await settled();
		expect( all.filter( ( _, at ) => left( `trick-${ at }-end` ) ).map( ( [ trick ] ) => trick ) ).toEqual( [] );
		expect( await held() ).toBeGreaterThanOrEqual( count );
	} );

	test( 'the same of another user leaves, and none of it is held', async () => {
		const count = await held();
		const own = Object.entries( tricks( { ...siteB, uid: 4711 } ) );
		for ( const [ at, [ , command ] ] of own.entries() ) {
			await as( siteB, command.replaceAll( 'TOKEN', `other-${ at }-end` ) );
		}
		await settled();
		const stayed = own.map( ( [ trick ] ) => trick ).filter( ( _, at ) => ! left( `other-${ at }-end` ) );
		expect( await held() ).toBe( count );
		expect( stayed.filter( ( trick ) => ! worksForNobody.includes( trick ) ) ).toEqual( [] );
	} );

	test( 'a connection that is older than the pause is held, too', async () => {
		await put( [] );
		const sends = as(
			siteA,
			`rm -f /tmp/go; printf 'EHLO a\\nSLEEP-UNTIL /tmp/go\\nMAIL FROM:<x@y.test>\\nRCPT TO:<you@example.org>\\nDATA\\nSubject: older-end\\n\\nx\\n.\\n' | perl /tmp/smtp.pl 127.0.0.1`
		);
		await say( remote, 'sleep 3' );
		await put( paused( 'hold' ) );
		await say( remote, 'touch /tmp/go' );
		expect( await sends ).toContain( '250 2.0.0' );
		await settled();
		await say( remote, 'rm /tmp/go' );
		expect( left( 'older-end' ) ).toBe( false );
	} );

	test( 'a site can be refused at once', async () => {
		await put( paused( 'refuse' ) );
		expect( await as( siteA, mail( 'refused-end', 'sendmail' ) ) ).toContain( 'code 75' );
		expect( await as( siteA, mail( 'refused-end', 'smtp' ) ) ).toContain( '554 5.7.1' );
		expect( await as( siteB, mail( 'taken-end', 'sendmail' ) ) ).toContain( 'code 0' );
		await as( siteB, mail( 'taken-by-smtp-end', 'smtp' ) );
		await settled();
		expect( [ 'taken-end', 'taken-by-smtp-end', 'refused-end' ].map( left ) ).toEqual( [ true, true, false ] );
	} );

	test( 'what was changed by hand is told, and made right', async () => {
		await say(
			remote,
			`cd /etc/postfix/gateway-*; sed -i /userid/d header_checks; sed -i '2s/:.*/:/' /usr/local/sbin/email-gateway-submitter
			postconf -M# email-gateway-submitter/unix; postconf -e smtpd_data_restrictions=`
		);
		const subjects = ( await planWith( paused( 'refuse' ) ) ).steps.map( ( { subject } ) => subject );
		expect( subjects ).toEqual( [
			'smtpd_data_restrictions',
			expect.stringMatching( /header_checks$/ ),
			'/usr/local/sbin/email-gateway-submitter',
			'master.cf email-gateway-submitter/unix',
			'postfix',
		] );
		await put( paused( 'refuse' ) );
		expect( ( await planWith( paused( 'refuse' ) ) ).steps ).toEqual( [] );
	} );

	test( 'a site that may send again sends, and Remove leaves nothing', async () => {
		await put( [] );
		await as( siteA, mail( 'again', 'sendmail' ) );
		const ids = await readSiteQueue( remote, { uid: siteA.uid, signal: signal() } );
		await changeQueue( remote, { action: 'release', ids, signal: signal() } );
		await settled();
		expect( [ left( 'Subject: again' ), left( 'Subject: queued-site-a' ), await held() ] ).toEqual( [
			...[ true, true, 0 ],
		] );
		await say( remote, `${ forget }; rm -rf /var/backups/email-gateway` );
		await remove( remote, { jobId: randomUUID(), waitingMail: 'save' }, follower() );
		expect( await stateOf( remote ) ).toEqual( before );
	} );
} );
