import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type TestSmtp } from '../mail/test-smtp.ts';
import { connectTo, testServers } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { install, planFor, removeIfThere, say } from './test-gateway.ts';

jest.setTimeout( 240_000 );

const name = 'provider.local-mail.example';
const certificates = makeTestCertificates( name );
const takesMail = new Map( [
	[ 'web1.hosting.test', false ],
	[ 'example.org', true ],
	[ 'web1.gmail.com', false ],
] );
const administrator = 'admin@example.com';

/** What a server is called, the Sending Domain, who was written to, and who gets it. */
const combinations: [ fqdn: string, sendingDomain: string, mails: Record< string, string > ][] = [
	[
		'web1.hosting.test',
		'gmail.com',
		{
			deploy: administrator,
			root: administrator,
			'deploy@web1.hosting.test': administrator,
			'deploy@gmail.com': 'deploy@gmail.com',
		},
	],
	[
		'web1.hosting.test',
		'mg.example.org',
		{
			ops: administrator,
			'root@localhost': administrator,
			'postmaster@mg.example.org': 'postmaster@mg.example.org',
			'root@mg.example.org': 'root@mg.example.org',
		},
	],
	[
		'example.org',
		'mg.example.org',
		{
			deploy: administrator,
			'info@example.org': 'info@example.org',
			'root@example.org': 'root@example.org',
			'daemon@mg.example.org': 'daemon@mg.example.org',
		},
	],
	[ 'example.org', 'gmail.com', { postmaster: administrator, 'deploy@example.org': 'deploy@example.org' } ],
	[ 'example.org', 'example.org', { deploy: administrator, 'deploy@example.org': 'deploy@example.org' } ],
];

describe.each( testServers() )( 'local mail ($kind)', ( server ) => {
	let remote: Remote;
	let provider: TestSmtp;

	beforeAll( async () => {
		remote = await connectTo( server, AbortSignal.timeout( 900_000 ) );
		await removeIfThere( remote );
		const socket: Socket = connectTcp( server.sshPort, server.host );
		await once( socket, 'connect' );
		const { localAddress: host = '' } = socket;
		socket.destroy();
		provider = await startTestSmtp( { tls: certificates.good }, { host } );
		await remote.run(
			`IFS= read -r line; cp -a /etc/hosts /root/hosts.local-mail; hostname >/root/name.local-mail; useradd deploy; useradd ops
			echo "$line" >>/root/hosts.local-mail.new; sed '/127\\.0\\.1\\.1/d' /etc/hosts >>/root/hosts.local-mail.new`,
			{ stdin: Buffer.from( `${ host } ${ name }\n` ), signal: AbortSignal.timeout( 20_000 ), timeoutMs: 20_000 }
		);
	} );

	afterAll( async () => {
		await say(
			remote,
			`hostname "$(cat /root/name.local-mail)"; cat /root/hosts.local-mail >/etc/hosts; userdel deploy; userdel ops; rm -f /root/*.local-mail*`
		);
		await removeIfThere( remote );
		await say( remote, 'rm -rf /var/lib/email-gateway-saved-queue-* /var/backups/email-gateway' );
		remote.close();
		await provider.stop();
	} );

	test.each( combinations )(
		'of %s with the Sending Domain %s reaches whom it is for',
		async ( fqdn, sendingDomain, mails ) => {
			const userName = 'our.account@gmail.com';
			const settings = {
				...{ smtpServer: name, smtpPort: provider.port, caCertificate: certificates.ca },
				...{ sendingDomain, userName },
			};
			await say(
				remote,
				`hostname ${ fqdn.split( '.' )[ 0 ] }; { cat /root/hosts.local-mail.new; echo '127.0.1.1 ${ fqdn } ${
					fqdn.split( '.' )[ 0 ]
				}'; } >/etc/hosts`
			);
			await install( remote, undefined, settings, takesMail );
			const { facts, steps } = await planFor( remote, settings, takesMail );
			expect( [ facts.fqdn, steps ] ).toEqual( [ fqdn, [] ] );
			provider.heard.length = 0;

			const recipients = Object.keys( mails );
			// one after the other, for two connections would be heard in one another's words
			await say(
				remote,
				`wait_until_empty() { tries=0; while [ -n "$(find /var/spool/postfix/maildrop /var/spool/postfix/incoming /var/spool/postfix/active -type f)" ] && [ $tries -lt 100 ]; do tries=$((tries + 1)); sleep 0.05; done; }
				for to in ${ recipients.join( ' ' ) }; do
					printf "From: root (Cron Daemon)\nTo: $to\nSubject: for $to\n\nx\n" | su -s /bin/sh deploy -c "sendmail -i $to"
					wait_until_empty
				done`
			);

			const inbox = inboxOf( provider.heard );
			expect( Object.fromEntries( inbox.map( ( { subject, to } ) => [ subject, to ] ) ) ).toEqual( mails );
			const sender = sendingDomain === 'gmail.com' ? userName : `deploy@${ sendingDomain }`;
			expect( [ ...new Set( inbox.map( ( { from } ) => from ) ) ] ).toEqual( [ sender ] );
			// an answer to all reaches the same people
			expect( inbox.map( ( { headerTo } ) => headerTo ) ).toEqual( inbox.map( ( { to } ) => to ) );
		}
	);
} );

/** The messages that a provider was given: envelope, and what their headers say. */
function inboxOf( heard: readonly string[] ) {
	const found: { from: string; to: string; subject: string; headerTo: string }[] = [];
	let from = '';
	let to = '';
	let headerTo = '';
	for ( const line of heard ) {
		from = /^MAIL FROM:<([^>]*)>/.exec( line )?.[ 1 ] ?? from;
		to = /^RCPT TO:<([^>]*)>/.exec( line )?.[ 1 ] ?? to;
		headerTo = /^To: (.*)/.exec( line )?.[ 1 ] ?? headerTo;
		const subject = /^Subject: for (.*)/.exec( line )?.[ 1 ];
		if ( subject !== undefined ) {
			found.push( { from, to, subject, headerTo } );
		}
	}
	return found;
}
