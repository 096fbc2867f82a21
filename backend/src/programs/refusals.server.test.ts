import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parseReason } from '../gateway/delivery-reason.ts';
import { readReplies } from '../gateway/test-replies.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from '../mail/test-smtp.ts';
import { connectTo, testServers } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { parseDelivery, parseLine, type Delivery } from '../gateway/mail-log.ts';
import { addressTowards, install, removeIfThere, say } from './test-gateway.ts';

jest.setTimeout( 240_000 );

const name = 'provider.refusals-test.example';
const certificates = makeTestCertificates( name );
const tls = certificates.good;

type StagedReply = Required<
	Pick< ReturnType< typeof readReplies >[ number ], 'stage' | 'reply' | 'whose' | 'waits' >
>;

/** Those that a provider can be made to say. */
const stagedReplies = readReplies( 'first.json' ).filter(
	( row ): row is StagedReply => row.stage !== undefined && row.reply !== undefined && typeof row.waits === 'boolean'
);

const commandOf: Record< string, 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'END' > = {
	AUTH: 'AUTH',
	'MAIL FROM': 'MAIL',
	'RCPT TO': 'RCPT',
	DATA: 'DATA',
	'end of DATA': 'END',
};

/** A provider that says exactly this, at its stage. */
function scriptOf( { stage, reply }: StagedReply ): Script {
	const said = reply.replaceAll( '\n', '\r\n' );
	const command = commandOf[ stage ];
	return command === undefined ? { tls, greeting: said } : { tls, replies: { [ command ]: said } };
}

/** One line; of a reply to AUTH, Postfix logs the ends of lines as `?`, and of a long one the beginning. */
const asLogged = ( reply: string ) => reply.trim().replace( /[?\s]+/g, ' ' );

const recipientOf = ( at: number ) => `row-${ at }@example.org`;

describe.each( testServers() )( '$name ($kind)', ( server ) => {
	let remote: Remote;
	const providers: TestSmtp[] = [];
	const found: ( Delivery | undefined )[] = [];

	beforeAll( async () => {
		remote = await connectTo( server, AbortSignal.timeout( 900_000 ) );
		await removeIfThere( remote );
		const host = await addressTowards( server );
		for ( const row of stagedReplies ) {
			providers.push( await startTestSmtp( scriptOf( row ), { host } ) );
		}
		const ports = providers.map( ( { port } ) => port );
		const pipe = ( program: string, text: string ) =>
			remote.run( program, {
				stdin: Buffer.from( text ),
				signal: AbortSignal.timeout( 60_000 ),
				timeoutMs: 60_000,
			} );
		await pipe( 'cp -a /etc/hosts /root/hosts.refusals-test; cat >>/etc/hosts', `${ host } ${ name }\n` );
		await install( remote, undefined, {
			smtpServer: name,
			smtpPort: ports[ 0 ] ?? 0,
			caCertificate: certificates.ca,
		} );
		// a provider for each reply, each with a login of its own: Postfix remembers refused ones by host and user
		await pipe(
			`passwords=$(postconf -h smtp_sasl_password_maps); cat >>"\${passwords#texthash:}"`,
			ports
				.slice( 1 )
				.map( ( port ) => `[${ name }]:${ port } user-${ port }:password\n` )
				.join( '' )
		);
		await pipe(
			`cat >/root/transport.refusals-test; postconf -e transport_maps=texthash:/root/transport.refusals-test
			postfix reload; sleep 1`,
			ports.map( ( port, at ) => `${ recipientOf( at ) } smtp:[${ name }]:${ port }\n` ).join( '' )
		);
		await pipe(
			`while IFS= read -r to; do printf 'Subject: x\n\nx\n' | sendmail -i -f site@example.com "$to"; done`,
			ports.map( ( _, at ) => `${ recipientOf( at ) }\n` ).join( '' )
		);
		for ( let tries = 0; tries < 60; tries++ ) {
			await sleep( 1000 );
			const lines = ( await say( remote, 'cat "$(postconf -h maillog_file)"' ) ).split( '\n' );
			const parsed = lines.map( parseLine ).filter( ( line ) => line !== null );
			stagedReplies.forEach( ( _, at ) => {
				const delivery = parsed.map( ( line ) => parseDelivery( line, recipientOf( at ) ) );
				found[ at ] = delivery.findLast( ( one ) => one !== null ) ?? undefined;
			} );
			if ( stagedReplies.every( ( _, at ) => found[ at ] !== undefined ) ) {
				break;
			}
		}
	} );
	afterAll( async () => {
		await removeIfThere( remote );
		await say(
			remote,
			'mv /root/hosts.refusals-test /etc/hosts; rm -rf /var/lib/email-gateway-saved-queue-* /root/transport.refusals-test'
		);
		remote.close();
		await Promise.all( providers.map( ( provider ) => provider.stop() ) );
	} );

	const those = ( waits: boolean, status: string ) =>
		stagedReplies.filter( ( row, at ) => row.waits === waits && found[ at ]?.status !== status );

	test( 'what somebody can mend waits in the queue: not one of them is lost', () => {
		expect( those( true, 'deferred' ) ).toEqual( [] );
	} );

	test( 'what the recipient or the content is to blame for is returned, but for 3 of 100 whose words do not tell it', () => {
		const waiting = those( false, 'bounced' );
		expect( waiting.map( ( { stage } ) => stage ) ).toEqual( waiting.map( () => 'end of DATA' ) );
		expect( waiting.length ).toBeLessThanOrEqual( stagedReplies.length * 0.03 );
	} );

	test( 'the log has the provider’s own words, with the code it gave', () => {
		const others = stagedReplies.flatMap( ( { reply }, at ) => {
			const said = parseReason( found[ at ]?.reason ?? '' ).reply;
			return said !== '' && asLogged( reply ).startsWith( asLogged( said ) ) ? [] : [ { reply, said } ];
		} );
		expect( others ).toEqual( [] );
	} );
} );
