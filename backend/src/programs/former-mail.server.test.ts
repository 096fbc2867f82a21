import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testServers } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { deliverFormerMail } from './former-mail.ts';
import { remove } from './remove.ts';
import { beginOn, follower, install, planFor, say as sayOn } from './test-gateway.ts';

jest.setTimeout( 300_000 );

const aptInstall = 'DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install';

/**
 * Written by exim itself: one to two people, of whom one has it already; one frozen with odd bytes; a notice, with the
 * journal of a delivery that was broken off.
 */
const intoExim = `${ aptInstall } exim4-daemon-light >/dev/null 2>&1; systemctl stop exim4
printf 'Subject: two of exim\\nTo: a\\n\\n.\\nFrom here\\n\\303\\244\\n' | exim4 -odq -i -f '<shop@example.com>' one@example.org two@Example.ORG
exim4 -Mmd $(exim4 -bp | awk '/</ { print $3 }') one@example.org >/dev/null
printf 'Subject: frozen of exim\\n\\nno end of line' | exim4 -odq -i -f deploy '"odd x"@example.org' plain@example.org
printf 'Subject: notice of exim\\n\\nx\\n' | exim4 -odq -i -f '<>' nobody@example.org
for header in $(grep -l 'notice of exim' /var/spool/exim4/input/*-H); do : >"\${header%H}J"; done
exim4 -bpc`;

const others = `mkdir -p /var/spool/nullmailer/queue /var/spool/dma /var/spool/mqueue
printf 'shop@example.com\\nthree@example.org\\nfour@example.org\\n\\nSubject: of nullmailer\\nMessage-ID: <n@example.com>\\n\\nbody\\n' >/var/spool/nullmailer/queue/1764450000.12
printf 'ID: 1.2\\nSender: shop@example.com\\nRecipient: five@example.org\\n' >/var/spool/dma/Q1.2
printf 'Subject: of dma\\n\\nbody\\n' >/var/spool/dma/M1.2
printf 'V8\\nT1764450000\\nK0\\nN0\\nP30000\\n$_root@localhost\\nS<shop@example.com>\\nrRFC822; six@example.org\\nRPFD:<six@example.org>\\nH?P?Return-Path: <\\201g>\\nH??Received: by old\\n\\tid ABC\\nH??Subject: of sendmail\\n.\\n' >/var/spool/mqueue/qfABC
printf 'body of sendmail\\n' >/var/spool/mqueue/dfABC
printf 'no queue file at all\\n' >/var/spool/mqueue/qfBROKEN`;

/** What lies in Postfix's queue: who, from whom, the text below the headers that Postfix adds. */
const queued = `for id in $(postqueue -j | sed -n 's/.*"queue_id": "\\([^"]*\\)".*/\\1/p'); do postcat -qe $id | grep -E '^(sender|recipient):'; postcat -qhb $id; echo ====; done`;
const spools = 'find /var/spool/exim4/input /var/spool/nullmailer /var/spool/dma /var/spool/mqueue -type f | sort';

describe.each( testServers() )( 'the queue of a former mail system on $name ($kind)', ( server ) => {
	let remote: Remote;
	let before = '';
	const say = ( program: string ) => sayOn( remote, program );
	const deliver = () => deliverFormerMail( remote, { signal: AbortSignal.timeout( 120_000 ), seconds: 60 } );

	beforeAll( async () => {
		( { remote } = await beginOn( server ) );
		expect( await say( intoExim ) ).toBe( '3\n' );
		await install( remote );
		await say( `${ others }; postconf -e defer_transports=smtp; postfix reload` );
		before = await say( spools );
	} );
	afterAll( async () => {
		await say( 'postsuper -d ALL' );
		await remove( remote, { jobId: randomUUID(), waitingMail: 'save' }, follower() ).catch( () => {} );
		await say(
			'apt-get -q -y purge "exim4*"; rm -rf /var/spool/nullmailer /var/spool/dma /var/spool/mqueue /var/spool/exim4'
		);
		remote.close();
	} );

	test( 'is left as it is where Postfix takes nothing, and that is told', async () => {
		await say( 'chmod 0 /usr/sbin/postdrop' );
		const refused = await deliver().finally( () => say( 'chmod 2555 /usr/sbin/postdrop' ) );
		expect( refused ).toMatchObject( {
			handed: 0,
			notices: 1,
			refused: 6,
			said: expect.stringContaining( 'postdrop' ),
		} );
		expect( await say( spools ) ).toBe( before );
	} );

	test( 'goes to Postfix whole, but for notices, what cannot be read, and who has it already', async () => {
		expect( await deliver() ).toEqual( { handed: 5, notices: 1, refused: 1, said: '' } );

		const told = await say( queued );
		const recipients = told.split( '\n' ).filter( ( line ) => line.startsWith( 'recipient: ' ) );
		expect( recipients.map( ( line ) => line.slice( 11 ) ).sort() ).toEqual( [
			...[ 'five@example.org', 'four@example.org', 'odd x@example.org', 'plain@example.org', 'six@example.org' ],
			...[ 'three@example.org', 'two@Example.ORG' ],
		] );
		expect( told ).toMatch( /Subject: two of exim\n(.+\n)*\n\.\nFrom here\nä\n/ );
		expect( told ).toContain( '\nno end of line\n' );
		expect( told ).toMatch( /Received: by old\n\tid ABC\nSubject: of sendmail\n(.+\n)*\nbody of sendmail\n/ );
		expect( told ).not.toContain( 'Return-Path' );
		expect( told ).not.toContain( 'notice of exim' );
		expect( await say( spools ) ).toMatch(
			/^\/var\/spool\/exim4\/input\/.*-D\n.*-H\n.*-J\n\/var\/spool\/mqueue\/qfBROKEN\n$/
		);
		expect( ( await planFor( remote ) ).facts.oldQueue ).toBe( 2 );
	} );

	test( 'of which one was on its way when the power went does not go twice', async () => {
		await say( `printf 'shop@example.com\\nx@example.org\\n\\nSubject: twice\\nMessage-ID: <once@example.com>\\n\\nbody\\n' >/var/spool/nullmailer/queue/1.1
		printf '/var/spool/nullmailer/queue/1.1\\n<once@example.com>\\n' >/var/lib/email-gateway/former.doubt` );
		expect( await deliver() ).toMatchObject( { handed: 1 } );
		expect(
			await say( `${ queued } | grep -c twice; ls /var/lib/email-gateway/former.doubt 2>&1 | grep -c such` )
		).toBe( '1\n1\n' );

		await say( `printf 'shop@example.com\\nx@example.org\\n\\nSubject: twice\\nMessage-ID: <once@example.com>\\n\\nbody\\n' >/var/spool/nullmailer/queue/1.1
		printf '/var/spool/nullmailer/queue/1.1\\n<once@example.com>\\n' >/var/lib/email-gateway/former.doubt` );
		expect( await deliver() ).toMatchObject( { handed: 1 } );
		expect( await say( `${ queued } | grep -c twice` ) ).toBe( '1\n' );
	} );

	test( 'is not touched while its own program is there', async () => {
		await say(
			'touch /usr/sbin/exim4 /usr/libexec/sendmail/sendmail 2>/dev/null || { mkdir -p /usr/libexec/sendmail; touch /usr/libexec/sendmail/sendmail; }'
		);
		expect( await deliver() ).toEqual( { handed: 0, notices: 0, refused: 0, said: '' } );
		await say( 'rm -rf /usr/sbin/exim4 /usr/libexec/sendmail' );
	} );
} );
