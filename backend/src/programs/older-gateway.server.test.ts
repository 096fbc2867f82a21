import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { conditionOf, observe } from '../gateway/observation.ts';
import { waitingProgram } from '../gateway/waiting-files.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from '../mail/test-smtp.ts';
import { connectTo, testServers } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { flush } from './flush.ts';
import { parseDeliveryToAnyone, parseLine } from '../gateway/mail-log.ts';
import { addressTowards, install, planFor, removeIfThere, say } from './test-gateway.ts';

jest.setTimeout( 240_000 );

const name = 'provider.older-test.example';
const certificates = makeTestCertificates( name );
const forget = `sed -i '/ ${ name }$/d' /etc/hosts`;

/** As the versions before left a gateway: one refusal waits, every other one bounces, and nothing looks after the queue. */
const makeOlder = `cd "$(dirname "$(postconf -h virtual_alias_maps | cut -d: -f2)")" || exit 1
	systemctl disable --now email-gateway-waiting.timer 2>/dev/null
	rm -f status_filter ${ waitingProgram } /etc/systemd/system/email-gateway-waiting.*
	systemctl daemon-reload
	printf '%s\\n' '/^530([ -].*)$/ 430$1' >reply_filter
	postconf -X smtp_delivery_status_filter smtp_sasl_auth_cache_name smtp_sasl_auth_cache_time initial_destination_concurrency
	postconf -e "smtp_reply_filter=regexp:$PWD/reply_filter" maximal_queue_lifetime=3d minimal_backoff_time=30s
	postfix reload && sleep 1`;

describe.each( testServers() )( 'a gateway of a version before ($kind)', ( server ) => {
	let remote: Remote;
	let provider: TestSmtp;
	const script: Script = { tls: certificates.good };
	const wanted = () => ( { smtpServer: name, smtpPort: provider.port, caCertificate: certificates.ca } );
	/** What a look says of it. */
	const seen = async () => {
		const { facts, steps } = await planFor( remote, wanted() );
		const observation = observe( facts, steps );
		const places = ( observation.differs ?? [] ).map( ( place ) => place.replace( /.*\/gateway-\d+\//, '' ) );
		return { condition: conditionOf( observation ), differs: places.sort() };
	};
	/** Sends one mail and tells how Postfix's first try ended. */
	const send = async ( to: string ) => {
		const log = await say(
			remote,
			`printf 'Subject: x\\n\\nx\\n' | setpriv --reuid=33 --regid=33 --clear-groups -- sendmail -i -f site@example.com ${ to }
			for i in $(seq 60); do
				grep -F 'to=<${ to }>' "$(postconf -h maillog_file)" && break
				sleep 0.5
			done`
		);
		const line = parseLine( log.split( '\n', 1 )[ 0 ] ?? '' );
		return line && parseDeliveryToAnyone( line )?.status;
	};
	const limit = { END: '550-5.4.5 Daily user sending limit\r\n550 5.4.5 exceeded' };

	beforeAll( async () => {
		remote = await connectTo( server, AbortSignal.timeout( 900_000 ) );
		await removeIfThere( remote );
		const host = await addressTowards( server );
		provider = await startTestSmtp( script, { host } );
		await say( remote, `${ forget }; echo '${ host } ${ name }' >>/etc/hosts` );
		await install( remote, undefined, wanted() );
	} );
	afterAll( async () => {
		await say( remote, forget );
		await removeIfThere( remote );
		await say( remote, 'rm -rf /var/lib/email-gateway-saved-queue-*' );
		remote.close();
		await provider.stop();
	} );

	test( 'an older table alone is seen by a look, and made new by Reinstall', async () => {
		expect( await seen() ).toEqual( { condition: 'right', differs: [] } );
		await say(
			remote,
			`table=$(postconf -h smtp_delivery_status_filter); printf '%s\\n' '/^5(.* 530 .*)$/ 4$1' >"\${table#regexp:}"
			postfix reload; sleep 1`
		);
		script.replies = limit;

		expect( await send( 'one@example.org' ) ).toBe( 'bounced' );
		expect( await seen() ).toEqual( { condition: 'differs', differs: [ 'status_filter' ] } );
		await install( remote, undefined, wanted() );

		expect( await seen() ).toEqual( { condition: 'right', differs: [] } );
		expect( await send( 'two@example.org' ) ).toBe( 'deferred' );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'a whole older gateway is seen by a look; Reinstall makes it new, keeps what waits there, and it arrives', async () => {
		await say( remote, makeOlder );
		script.replies = limit;
		provider.hangUp();
		expect( await send( 'three@example.org' ) ).toBe( 'bounced' );
		await say( remote, 'postsuper -d ALL' );
		script.replies = { END: '451 4.3.0 Try later' };
		expect( await send( 'four@example.org' ) ).toBe( 'deferred' );

		const { condition, differs } = await seen();
		expect( condition ).toBe( 'differs' );
		expect( differs ).toEqual(
			expect.arrayContaining( [
				...[ 'maximal_queue_lifetime', 'minimal_backoff_time', 'initial_destination_concurrency' ],
				...[ 'smtp_delivery_status_filter', 'smtp_reply_filter', 'smtp_sasl_auth_cache_name' ],
				...[ 'status_filter', waitingProgram, '/etc/systemd/system/email-gateway-waiting.timer' ],
			] )
		);
		await install( remote, undefined, wanted() );

		expect( await seen() ).toEqual( { condition: 'right', differs: [] } );
		expect( await say( remote, 'systemctl is-active email-gateway-waiting.timer' ) ).toBe( 'active\n' );
		script.replies = limit;
		provider.hangUp();
		expect( await send( 'five@example.org' ) ).toBe( 'deferred' );
		script.replies = {};
		provider.hangUp();
		const signal = AbortSignal.timeout( 120_000 );
		expect( await flush( remote, { signal } ) ).toEqual( { delivered: 2, waiting: 0, older: 0 } );
	} );
} );
