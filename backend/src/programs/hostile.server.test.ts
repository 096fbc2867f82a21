import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { gatewaySettings, smtpPassword, type GatewaySettings } from '@email-gateway/shared';
import fc from 'fast-check';
import { nastyTexts } from '../../test-fixtures/hostile-text.ts';
import { desire } from '../gateway/desired.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from '../mail/test-smtp.ts';
import { connectTo, testServers } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { Secret } from '../vault/secret.ts';
import { prove } from './prove.ts';
import { install, password, planFor, removeIfThere, say, settings as usual, site } from './test-gateway.ts';

jest.setTimeout( 240_000 );

const name = 'provider.hostile-test.example';
const certificates = makeTestCertificates( name );
const base64 = ( text: string | Secret ) =>
	Buffer.from( typeof text === 'string' ? text : text.reveal() ).toString( 'base64' );
const run = ( remote: Remote, program: string, stdin: string ) =>
	remote.run( program, {
		stdin: Buffer.from( stdin ),
		signal: AbortSignal.timeout( 200_000 ),
		timeoutMs: 200_000,
		maxBytes: 8 << 20,
	} );

/** Settings and a password that the fields take, as nasty as they may be. */
const nasty = fc.constantFrom( ...nastyTexts.filter( ( text ) => text.length < 100 ) );
const around = ( ordinary: string ) =>
	fc.oneof(
		fc
			.tuple( fc.nat( ordinary.length ), nasty )
			.map( ( [ at, text ] ) => ordinary.slice( 0, at ) + text + ordinary.slice( at ) ),
		fc.string( { unit: 'grapheme', minLength: 1, maxLength: 60 } ),
		fc.string( { unit: 'binary', minLength: 1, maxLength: 60 } )
	);
const mostly = ( ordinary: string ) =>
	fc.oneof( { weight: 4, arbitrary: fc.constant( ordinary ) }, around( ordinary ) );
const generated = fc
	.tuple(
		fc.record( {
			smtpServer: mostly( 'smtp.example.com' ),
			smtpPort: fc.constantFrom( 465, 587, 2525 ),
			userName: around( 'user@example.com' ),
			sendingDomain: mostly( 'example.com' ),
			note: fc.constant( '' ),
			serverHostname: fc.option( mostly( 'server.example.com' ) ),
			rootMail: mostly( 'root@example.com' ),
			caCertificate: fc.constant( null ),
		} ),
		around( 'p#$a:s "s' )
	)
	.map( ( [ typed, word ] ) => ( {
		settings: gatewaySettings.safeParse( typed ).data,
		word: smtpPassword.safeParse( word ).data,
	} ) )
	.filter(
		( one ): one is { settings: GatewaySettings; word: string } =>
			one.settings !== undefined && one.word !== undefined
	);

/** What Postfix itself reads out of a main.cf and its maps: four lines an answer, in base64. */
const readBack = `umask 077; d=$(mktemp -d /run/read-back.XXXXXX); cp /etc/postfix/master.cf $d
count=$(awk -v d=$d '{ split( "main.cf sasl alias generic key", names ); for ( at = 1; at <= 5; at++ ) { file = d "/" names[ at ] "." NR; printf "%s", $at >file; close( file ) } } END { print NR }')
number=0
while [ $number -lt $count ]; do
	number=$((number + 1))
	for file in main.cf sasl alias generic key; do base64 -d <$d/$file.$number >$d/$file; done
	# Postfix waits two seconds before it reads a file that was written just now
	touch -d '1 hour ago' $d/main.cf $d/sasl $d/alias $d/generic
	postconf -c $d -n 2>&1 | base64 -w0; echo
	postmap -c $d -q "$(cat $d/key)" texthash:$d/sasl 2>&1 | base64 -w0; echo
	postmap -c $d -q @localhost texthash:$d/alias 2>&1 | base64 -w0; echo
	postmap -c $d -q @localhost texthash:$d/generic 2>&1 | base64 -w0; echo
done
rm -rf $d`;

/** Looks into every process of the server, again and again, until it is told to stop. */
const watchProcesses = `umask 077; d=$(mktemp -d /run/watch.XXXXXX); cat >$d/patterns; rounds=0
while [ ! -e /run/watch-stop ] && [ $rounds -lt 20000 ]; do
	grep -laF -f $d/patterns /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null
	rounds=$((rounds + 1))
done
rm -rf $d /run/watch-stop; echo "rounds $rounds"`;
// the watcher's own patterns lie there as long as it watches
const findFiles = `umask 077; d=$(mktemp -d /root/find.XXXXXX); cat >$d/patterns
grep -rlaF -D skip --exclude-dir="\${d##*/}" --exclude-dir='watch.*' -f $d/patterns /etc /var /run /root /tmp /home /dev/shm 2>/dev/null; rm -rf $d`;
const patterns =
	[ password.reveal(), base64( password ), base64( `${ usual.userName }:${ password.reveal() }` ) ].join( '\n' ) +
	'\n';
const asSite = `as_site() { setpriv --reuid=33 --regid=33 --clear-groups -- "$@"; }`;

describe.each( testServers() )( '$name ($kind)', ( server ) => {
	let remote: Remote;
	let provider: TestSmtp;
	const script: Script = { tls: certificates.good };
	let settings: { smtpServer: string; smtpPort: number; caCertificate: string };
	const send = () => {
		const mail = {
			from: 'site@example.com',
			to: 'you@example.org',
			token: randomBytes( 16 ).toString( 'hex' ),
			siteName: 'x',
		};
		return prove( remote, mail, { signal: AbortSignal.timeout( 100_000 ), onStep: () => {} } );
	};

	beforeAll( async () => {
		remote = await connectTo( server, AbortSignal.timeout( 900_000 ) );
		await removeIfThere( remote );
		const socket: Socket = connectTcp( server.sshPort, server.host );
		await once( socket, 'connect' );
		const { localAddress: host = '' } = socket;
		socket.destroy();
		provider = await startTestSmtp( script, { host } );
		await run(
			remote,
			`IFS= read -r line; cp -a /etc/hosts /root/hosts.hostile-test; echo "$line" >>/etc/hosts`,
			`${ host } ${ name }\n`
		);
		settings = { smtpServer: name, smtpPort: provider.port, caCertificate: certificates.ca };
	} );
	afterAll( async () => {
		await removeIfThere( remote );
		await say( remote, 'mv /root/hosts.hostile-test /etc/hosts; rm -rf /var/lib/email-gateway-saved-queue-*' );
		remote.close();
		await provider.stop();
	} );

	test( 'no process, environment or file but the one map shows the password, while it is installed, used and removed', async () => {
		const watcher = await connectTo( server );
		const watched = run( watcher, watchProcesses, patterns );
		// what a site's user lays in wait
		await say(
			remote,
			`${ asSite }; for folder in /tmp /var/tmp /dev/shm /run/lock; do
			as_site ln -s /etc/shadow $folder/email-gateway; as_site ln -s /etc $folder/email-gateway-test; as_site ln -s /etc/shadow $folder/payload
		done; grep -v ^postfix: /etc/shadow >/root/shadow.hostile-test; touch /root/since.hostile-test`
		);
		await install( remote, undefined, settings );
		expect( await send() ).toMatchObject( { outcome: 'accepted' } );
		const found = ( await run( remote, findFiles, patterns ) ).stdout;
		await say( remote, 'touch /run/watch-stop' );
		expect( ( await watched ).stdout ).toMatch( /^rounds [1-9]\d+\n$/ );
		watcher.close();
		expect( found.trim().split( '\n' ) ).toEqual( [
			expect.stringMatching( /^\/etc\/postfix\/gateway-\d+\/sasl_passwd$/ ),
		] );
		const harmed = await say(
			remote,
			`grep -v ^postfix: /etc/shadow | cmp - /root/shadow.hostile-test
			find /tmp /var/tmp /dev/shm /run/lock -newer /root/since.hostile-test -user root -type f
			for folder in /tmp /var/tmp /dev/shm /run/lock; do rm -f $folder/email-gateway $folder/email-gateway-test $folder/payload; done
			rm -f /root/shadow.hostile-test /root/since.hostile-test`
		);
		expect( harmed ).toBe( '' );
	} );

	test( 'Postfix reads back what was typed, and nothing else, from 200 generated settings', async () => {
		await install( remote, undefined, settings );
		const samples = fc.sample( generated, 200 );
		const { facts } = await planFor( remote );
		const expected = samples.map( ( { settings: typed, word } ) => {
			const desired = desire(
				{ settings: typed, password: new Secret( word ), rootMail: typed.rootMail ?? '', site },
				facts
			);
			const file = ( wanted: string ) =>
				desired.files.find( ( { name: named } ) => named === wanted )?.content ?? '';
			return {
				typed,
				word,
				desired,
				parts: [
					desired.mainCf( 1 ),
					file( 'sasl_passwd' ),
					file( 'virtual_alias' ),
					file( 'generic' ),
					desired.relayhost,
				],
			};
		} );
		const stdin = expected.map( ( { parts } ) => parts.map( base64 ).join( ' ' ) + '\n' ).join( '' );
		const read = ( await run( remote, readBack, stdin ) ).stdout
			.split( '\n' )
			.map( ( line ) => Buffer.from( line, 'base64' ).toString() );
		for ( const [ index, { typed, word, desired } ] of expected.entries() ) {
			const [ main = '', ...maps ] = read.slice( 4 * index, 4 * index + 4 );
			// the folder is told beside what main.cf says
			const told = main
				.trimEnd()
				.split( '\n' )
				.map( ( line ) => line.split( / =\s?/ ) )
				.filter( ( [ key ] ) => key !== 'config_directory' );
			expect( told.sort() ).toEqual(
				desired.parameters.map( ( { name: key, value } ) => [ key, value ] ).sort()
			);
			expect( maps ).toEqual( [
				`${ typed.userName }:${ word }\n`,
				`${ typed.rootMail }\n`,
				`@${ typed.sendingDomain }\n`,
			] );
		}
		expect( expected.length ).toBe( 200 );
	} );

	test( 'a site cannot switch verification off by a header, nor hide a test email behind a flood', async () => {
		await install( remote, undefined, settings );
		script.tls = certificates.expired;
		provider.heard.length = 0;
		const trick = await say(
			remote,
			`${ asSite }; printf 'TLS-Required: no\nSubject: x\n\nx\n' | as_site sendmail -f site@example.com you@example.org
			i=0; while [ $i -lt 40 ]; do sleep 0.25; i=$((i + 1)); postqueue -j | grep -q '"delay_reason"' && break; done; postqueue -j`
		);
		expect( trick ).toMatch( /"delay_reason": "[^"]*certificate/i );
		expect( provider.heard.filter( ( line ) => /^(AUTH|MAIL)/.test( line ) ) ).toEqual( [] );
		await say( remote, 'postsuper -d ALL' );

		script.tls = certificates.good;
		const flood = `${ asSite }; i=0; while [ $i -lt 150 ]; do i=$((i + 1)); printf 'Subject: flood\n\nx\n' | as_site sendmail -f site@example.com flood@example.org; done`;
		const [ , result ] = await Promise.all( [ say( remote, flood ), send() ] );
		expect( result ).toMatchObject( { outcome: 'accepted', to: 'you@example.org' } );
		expect( result.log.filter( ( line ) => line.includes( 'flood@' ) ) ).toEqual( [] );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'and after it is removed no file shows the password', async () => {
		await removeIfThere( remote );
		expect( ( await run( remote, findFiles, patterns ) ).stdout ).toBe( '' );
	} );
} );
