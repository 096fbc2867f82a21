import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Cap } from '../gateway/caps.ts';
import { noRules } from '../gateway/rules.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type TestSmtp } from '../mail/test-smtp.ts';
import type { Remote } from '../ssh/remote.ts';
import { testServers } from '../ssh/test-servers.ts';
import { changeQueue } from './queue.ts';
import { remove } from './remove.ts';
import { resumeCap } from './resume-cap.ts';
import { readSiteQueue } from './site-queue.ts';
import { addressTowards, beginOn, follower, install, planFor, say, stateOf } from './test-gateway.ts';

jest.setTimeout( 300_000 );

const name = 'provider.caps-test.example';
const certificates = makeTestCertificates( name );
const forget = `sed -i '/ ${ name }$/d' /etc/hosts`;
const limits = ( hour: number ): Cap[] => [
	{ uid: null, limits: { hour, day: null, refused: null } },
	{ uid: 2002, limits: null },
];

describe.each( testServers() )( 'caps ($kind)', ( server ) => {
	let remote: Remote;
	let provider: TestSmtp;
	let before: string[] = [];
	const signal = () => AbortSignal.timeout( 120_000 );
	const changes = () => ( { smtpServer: name, smtpPort: provider.port, caCertificate: certificates.ca } );
	const put = ( caps: Cap[] ) => install( remote, undefined, changes(), undefined, { ...noRules, caps } );
	const planWith = ( caps: Cap[] ) => planFor( remote, changes(), undefined, { ...noRules, caps } );
	const as = ( user: string, command: string ) =>
		say( remote, `setpriv --reuid=${ user } --regid=${ user } --clear-groups -- sh -c "${ command }" 2>&1` );
	const many = ( token: string, count: number ) =>
		`for i in \\$(seq ${ count }); do printf 'Subject: ${ token }-%s\\n\\nx\\n' \\$i | sendmail you@example.org; done`;
	const left = ( token: string ) =>
		provider.heard.filter( ( line ) => line.startsWith( `Subject: ${ token }` ) ).length;
	// one that was put on hold while it left has no recipient any more: released, it only goes
	const held = () =>
		say( remote, `postqueue -j | grep '"queue_name": "hold"' | grep -c '"address"' || true` ).then( Number );
	/** Two looks of what counts, and what was on its way. */
	const settled = () =>
		say(
			remote,
			`sleep 5; for i in $(seq 60); do
				[ -n "$(cd /var/spool/postfix && find maildrop incoming active -type f)" ] || break; sleep 0.5; done; sleep 2`
		);

	beforeAll( async () => {
		( { remote } = await beginOn( server ) );
		const add = ( user: string, uid: number ) => `id ${ user } >/dev/null 2>&1 || useradd -u ${ uid } -M ${ user }`;
		await say( remote, `${ add( 'site-a', 2001 ) }; ${ add( 'site-b', 2002 ) }` );
		before = await stateOf( remote );
		const host = await addressTowards( server );
		provider = await startTestSmtp( { tls: certificates.good }, { host } );
		await say( remote, `${ forget }; echo '${ host } ${ name }' >>/etc/hosts` );
		await put( limits( 20 ) );
		await settled();
	} );
	afterAll( async () => {
		await say(
			remote,
			`${ forget }; postsuper -d ALL 2>/dev/null; userdel site-a; userdel site-b
			rm -rf /var/lib/email-gateway-saved-queue-* /var/backups/email-gateway`
		);
		remote.close();
		await provider.stop();
	} );

	test( 'what is above the cap is held, also by SMTP, and nothing of who is never held', async () => {
		await as( 'site-a', many( 'first', 60 ) );
		await as( 'site-b', many( 'never', 30 ) );
		await settled();
		const went = left( 'first' );
		expect( went ).toBeGreaterThanOrEqual( 20 );
		expect( await held() ).toBe( 60 - went );
		await as( 'site-a', many( 'after', 2 ) );
		const smtp =
			'EHLO a\\nMAIL FROM:<x@y.test>\\nRCPT TO:<you@example.org>\\nDATA\\nSubject: after-smtp\\n\\nx\\n.\\nQUIT\\n';
		await say(
			remote,
			`cat >/tmp/smtp.pl <<'END'
use IO::Socket::IP; my $s = IO::Socket::IP->new(PeerHost => '127.0.0.1', PeerPort => 25); my $data = 0; <$s>;
while (my $line = <STDIN>) { chomp $line; print {$s} "$line\\r\\n"; next if $data && $line ne "."; my $l; do { $l = <$s> // exit } while $l =~ /^...-/; $data = $l =~ /^354/ }
END
chmod 644 /tmp/smtp.pl`
		);
		await as( 'site-a', `printf '${ smtp }' | perl /tmp/smtp.pl` );
		await settled();
		expect( [ left( 'after' ), left( 'never' ), await held() ] ).toEqual( [ 0, 30, 60 - went + 3 ] );
		const { facts, steps } = await planWith( limits( 20 ) );
		expect( steps ).toEqual( [] );
		expect( facts.over ).toEqual( [
			expect.objectContaining( { uid: 2001, why: 'hour', isOver: true, hour: went } ),
		] );
		expect( facts.stuck ).toBe( 0 );
	} );

	test( 'who is over the cap is refused while so much of theirs waits that others would wait behind it', async () => {
		const files = '/var/spool/postfix/maildrop/EG';
		// pickup(8) leaves files alone that sendmail has not finished
		await say( remote, `for i in $(seq 120); do install -o site-a -m 0600 /dev/null ${ files }$i; done; sleep 5` );
		const send = "printf 'Subject: more\\n\\nx\\n' | sendmail you@example.org; echo code \\$?";
		expect( await as( 'site-a', send ) ).toContain( 'code 75' );
		expect( await as( 'site-b', send ) ).toBe( 'code 0\n' );
		await say( remote, `rm ${ files }*; sleep 5` );
		expect( await as( 'site-a', send ) ).toBe( 'code 0\n' );
		await say( remote, 'grep -l "Subject: more" /var/spool/postfix/hold/* | xargs -n1 basename | postsuper -d -' );
	} );

	test( 'who is resumed sends again, and what was held leaves when it is released', async () => {
		await resumeCap( remote, { uid: 2001, signal: signal() } );
		const ids = await readSiteQueue( remote, { uid: 2001, signal: signal() } );
		await changeQueue( remote, { action: 'release', ids, signal: signal() } );
		await settled();
		await as( 'site-a', many( 'again', 1 ) );
		await settled();
		expect( [ left( 'first' ), left( 'after' ), left( 'again' ), await held() ] ).toEqual( [ 60, 3, 1, 0 ] );
	} );

	test( 'what was changed by hand is told; without caps nothing of them is left, nor after Remove', async () => {
		await say( remote, 'systemctl stop email-gateway-caps; sed -i 2s/20/9999/ /usr/local/sbin/email-gateway-caps' );
		const { steps } = await planWith( limits( 20 ) );
		expect( steps.map( ( { subject } ) => subject ) ).toEqual( [
			...[ '/usr/local/sbin/email-gateway-caps', 'email-gateway-caps.service', 'postfix' ],
		] );
		await put( [] );
		expect( ( await planWith( [] ) ).steps ).toEqual( [] );
		expect( await say( remote, 'ls -d /var/lib/email-gateway-caps /etc/systemd/system/*caps* 2>/dev/null' ) ).toBe(
			''
		);
		await put( limits( 20 ) );
		await say( remote, `${ forget }; rm -rf /var/backups/email-gateway /tmp/smtp.pl` );
		await remove( remote, { jobId: randomUUID(), waitingMail: 'save' }, follower() );
		expect( await stateOf( remote ) ).toEqual( before );
		expect(
			await say( remote, 'ls -d /var/lib/email-gateway-caps /usr/local/sbin/email-gateway-* 2>/dev/null' )
		).toBe( '' );
	} );
} );
