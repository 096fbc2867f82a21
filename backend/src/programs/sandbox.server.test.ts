import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { SandboxRules } from '@email-gateway/shared';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from '../mail/test-smtp.ts';
import type { Remote } from '../ssh/remote.ts';
import { testServers } from '../ssh/test-servers.ts';
import { prove } from './prove.ts';
import { changeQueue } from './queue.ts';
import { remove } from './remove.ts';
import { readSandboxQueue, type SandboxQuestion } from './sandbox-queue.ts';
import { actedScript, actingUsers } from './test-acting-users.ts';
import { addressTowards, beginOn, follower, install, planFor, say, settings, stateOf } from './test-gateway.ts';
import { ways } from './test-sandbox-ways.ts';
import { smtpClients } from './test-pause-tricks.ts';

jest.setTimeout( 300_000 );

const name = 'provider.sandbox-test.example';
const certificates = makeTestCertificates( name );
const forget = `sed -i '/ ${ name }$/d' /etc/hosts`;
const mailbox = 'testers+$HOME@tests.example';
const redirect: SandboxRules = { kind: 'redirect', mailbox, allowed: [ 'allowed.example' ] };

describe.each( testServers() )( 'the sandbox ($kind)', ( server ) => {
	let remote: Remote;
	let provider: TestSmtp;
	let before: string[] = [];
	const script: Script = { tls: certificates.good };
	const signal = () => AbortSignal.timeout( 120_000 );
	const changes = () => ( { smtpServer: name, smtpPort: provider.port, caCertificate: certificates.ca } );
	const put = ( sandbox: SandboxRules | null ) => install( remote, undefined, changes(), undefined, { sandbox } );
	const ask = ( question: SandboxQuestion ) => readSandboxQueue( remote, { question, signal: signal() } );
	const act = async ( action: 'hold' | 'release' | 'delete', question: SandboxQuestion ) => {
		const ids = await ask( question );
		return ids.length && ( await changeQueue( remote, { action, ids, signal: signal() } ) ).changed;
	};
	/** As the job does it. */
	const turnOn = async ( rules: SandboxRules ) => {
		await ask( 'begin' );
		await put( rules );
		return act( 'hold', `queued ${ rules.kind }` );
	};
	const { as, settled, held } = actingUsers( () => remote );
	const send = async ( commands: readonly string[] ) => {
		for ( const command of commands ) {
			await as( { name: 'www-data' }, command );
		}
		await settled();
	};
	const recipients = () => provider.heard.flatMap( ( line ) => /^RCPT TO:<(.*?)>/.exec( line )?.[ 1 ] ?? [] );
	const left = ( token: string ) => provider.heard.some( ( line ) => line.includes( token ) );
	const log = () => say( remote, 'cat /var/log/email-gateway/mail.log' );
	const testEmail = ( sandbox: SandboxRules, to = 'you@customer.example' ) =>
		prove(
			remote,
			{
				...{ from: 'site@example.com', to, token: randomUUID().replaceAll( '-', '' ), siteName: 'A site' },
				...{ provider: { ...settings, ...changes() }, sandbox },
			},
			{ signal: signal(), onStep: () => {} }
		);
	const mail = ( token: string, to = 'you@customer.example' ) =>
		`printf 'Subject: ${ token }\\n\\nx\\n' | sendmail ${ to }`;

	beforeAll( async () => {
		( { remote } = await beginOn( server ) );
		before = await stateOf( remote );
		const host = await addressTowards( server );
		provider = await startTestSmtp( script, { host } );
		await say( remote, `${ smtpClients }\n${ forget }; echo '${ host } ${ name }' >>/etc/hosts` );
		await put( null );
		await say( remote, 'systemctl stop email-gateway-waiting.timer' );
	} );
	afterAll( async () => {
		await say(
			remote,
			`${ forget }; rm -rf /tmp/smtp.pl /tmp/blast.pl ${ actedScript }; postsuper -d ALL 2>/dev/null
			rm -rf /var/lib/email-gateway-saved-queue-* /var/backups/email-gateway`
		);
		remote.close();
		await provider.stop();
	} );

	test( 'what is in the queue when it is turned on is held, but for what somebody held before', async () => {
		script.replies = { RCPT: '450 4.7.1 later' };
		await send( [ mail( 'held-before' ) ] );
		await say( remote, 'postsuper -h ALL' );
		await send( [ mail( 'queued-before' ), mail( 'queued-allowed', 'a@allowed.example' ) ] );
		script.replies = {};
		provider.hangUp();
		expect( await turnOn( redirect ) ).toBe( 2 );
		await settled();
		expect( await held() ).toBe( 3 );
		expect( [
			left( 'Subject: queued' ),
			( await planFor( remote, changes(), undefined, { sandbox: redirect } ) ).facts.stuck,
		] ).toEqual( [
			false,
			// that somebody held
			1,
		] );
	} );

	test( 'one mailbox gets what is for others, whatever the way; the log keeps for whom it was', async () => {
		provider.heard.length = 0;
		await send( Object.values( ways ) );
		expect( new Set( recipients() ) ).toEqual( new Set( [ mailbox ] ) );
		expect( Object.keys( ways ).filter( ( _, at ) => ! left( `way-${ at }-end` ) ) ).toEqual( [] );
		expect( await log() ).toContain( `to=<${ mailbox }>, orig_to=<you@customer.example>, relay=${ name }` );
	} );

	test( 'allowed domains get their mail, those below them do not', async () => {
		provider.heard.length = 0;
		await send( [
			mail( 'x', 'A@Allowed.Example b@sub.allowed.example c@not-allowed.example d@allowed.example.evil.example' ),
		] );
		expect( recipients().sort() ).toEqual( [
			'A@Allowed.Example',
			...Array( recipients().length - 1 ).fill( mailbox ),
		] );
	} );

	test( 'what somebody lets go stays on the server, and a test email says who got it', async () => {
		await say( remote, 'postsuper -H ALL' );
		await settled();
		expect( [ left( 'Subject: queued-before' ), left( 'Subject: held-before' ) ] ).toEqual( [ false, false ] );
		expect( await testEmail( redirect ) ).toMatchObject( {
			outcome: 'accepted',
			sandbox: { kind: 'redirect', mailbox },
		} );
		expect( await testEmail( redirect, 'a@allowed.example' ) ).toMatchObject( {
			outcome: 'accepted',
			sandbox: { mailbox: null },
		} );
		// by whoever changed it by hand
		await say( remote, 'postconf -e virtual_alias_maps= transport_maps=; postfix reload' );
		expect( await testEmail( redirect ) ).toMatchObject( {
			outcome: 'elsewhere',
			diagnosis: { cause: 'settings_changed_by_hand' },
		} );
		const { steps } = await planFor( remote, changes(), undefined, { sandbox: redirect } );
		expect( steps.map( ( { subject } ) => subject ) ).toEqual( [
			'virtual_alias_maps',
			'transport_maps',
			'postfix',
		] );
	} );

	test( 'all is held', async () => {
		await turnOn( { kind: 'hold' } );
		const count = await held();
		provider.heard.length = 0;
		await send( Object.values( ways ) );
		expect( [ recipients(), await held() ] ).toEqual( [ [], count + Object.keys( ways ).length ] );
		expect( await testEmail( { kind: 'hold' } ) ).toMatchObject( {
			outcome: 'sandboxed',
			diagnosis: { cause: 'sandbox' },
		} );
	} );

	test( 'all is dropped, and what was held before stays', async () => {
		await turnOn( { kind: 'drop' } );
		const count = await held();
		await send( [
			...Object.values( ways ),
			mail( 'dropped-end', 'two@customer.example three@customer.example' ),
		] );
		expect( [ recipients(), await held() ] ).toEqual( [ [], count ] );
		expect( await log() ).toMatch(
			/to=<three@customer\.example>, relay=none, .* status=sent \(dropped by the sandbox/
		);
		expect( await testEmail( { kind: 'drop' } ) ).toMatchObject( {
			outcome: 'sandboxed',
			sandbox: { kind: 'drop' },
		} );
	} );

	test( 'a look sees who connects to a mail port past it', async () => {
		await say(
			remote,
			`a=$(hostname -I | cut -d' ' -f1)
			perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new( Listen => 5, LocalAddr => shift, LocalPort => 2525, ReuseAddr => 1 ); while ( 1 ) { push @c, $s->accept }' "$a" >/dev/null 2>&1 &
			sleep 1
			setpriv --reuid=www-data --regid=www-data --clear-groups -- perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new( PeerAddr => shift, PeerPort => 2525 ); sleep 20' "$a" >/dev/null 2>&1 &
			sleep 1`
		);
		const { sideDoors } = ( await planFor( remote, changes() ) ).facts;
		expect( sideDoors ).toEqual( [ { uid: 33, user: 'www-data', address: expect.any( String ), port: 2525 } ] );
		await say( remote, 'kill $(ss -Htnlp "sport = :2525" | grep -o "pid=[0-9]*" | cut -d= -f2)' );
	} );

	test( 'what it kept is released to whom it was for, and Remove leaves nothing', async () => {
		await put( null );
		const count = ( await ask( 'kept' ) ).length;
		expect( await act( 'release', 'kept' ) ).toBe( count );
		await settled();
		expect( left( 'Subject: queued-before' ) ).toBe( true );
		expect( recipients() ).toContain( 'you@customer.example' );
		await say( remote, `${ forget }; rm -rf /var/backups/email-gateway` );
		await remove( remote, { jobId: randomUUID(), waitingMail: 'save' }, follower() );
		expect( await stateOf( remote ) ).toEqual( before );
		// a sandbox of later is not led by what that one kept
		expect( await say( remote, 'ls /var/lib/email-gateway' ) ).not.toContain( 'sandbox' );
	} );
} );
