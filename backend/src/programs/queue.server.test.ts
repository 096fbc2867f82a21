import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { eventOf } from '../gateway/mail-events.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from '../mail/test-smtp.ts';
import { connectTo, testServers } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { changeQueue, readQueue } from './queue.ts';
import { addressTowards, install, removeIfThere, say } from './test-gateway.ts';

jest.setTimeout( 240_000 );

const name = 'provider.queue-test.example';
const certificates = makeTestCertificates( name );
const forget = `sed -i '/ ${ name }$/d' /etc/hosts`;

describe.each( testServers() )( '$name ($kind)', ( server ) => {
	let remote: Remote;
	let provider: TestSmtp;
	const script: Script = { tls: certificates.good };
	const answer = ( replies: Script[ 'replies' ] & object ) => {
		script.replies = replies;
		provider.hangUp();
	};
	const signal = () => AbortSignal.timeout( 120_000 );
	const read = () => readQueue( remote, { signal: signal() } );
	const change = ( action: Parameters< typeof changeQueue >[ 1 ][ 'action' ], ids: string[] ) =>
		changeQueue( remote, { action, ids, signal: signal() } );
	const send = ( count: number, from: string ) =>
		say(
			remote,
			`i=0; while [ $i -lt ${ count } ]; do i=$((i + 1)); printf 'Subject: x\\n\\nx\\n' |
				setpriv --reuid=33 --regid=33 --clear-groups -- sendmail -i -f ${ from } you@example.org; done`
		);
	const settled = () =>
		say(
			remote,
			`sleep 1; cd /var/spool/postfix && for i in $(seq 120); do
				[ -n "$(find maildrop incoming active -type f)" ] || break; sleep 0.5; done`
		);
	/** What the ledger reads of a message in the log, in its order. */
	const told = async ( id: string ) =>
		( await say( remote, `grep -h ' ${ id }: ' /var/log/email-gateway/mail.log` ) )
			.split( '\n' )
			.flatMap( ( line ) => eventOf( line ) ?? [] )
			.map( ( event ) => ( event.kind === 'removed' && event.deleted ? 'deleted' : event.kind ) );

	beforeAll( async () => {
		remote = await connectTo( server, AbortSignal.timeout( 900_000 ) );
		await removeIfThere( remote );
		const host = await addressTowards( server );
		provider = await startTestSmtp( script, { host } );
		await say( remote, `${ forget }; echo '${ host } ${ name }' >>/etc/hosts` );
		await install( remote, undefined, {
			smtpServer: name,
			smtpPort: provider.port,
			caCertificate: certificates.ca,
		} );
		// the test decides when something is tried
		await say( remote, 'systemctl stop email-gateway-waiting.timer' );
	} );
	afterAll( async () => {
		await say( remote, `${ forget }; postsuper -d ALL 2>/dev/null` );
		await removeIfThere( remote );
		await say( remote, 'rm -rf /var/lib/email-gateway-saved-queue-*' );
		remote.close();
		await provider.stop();
	} );

	test( 'an empty queue is told as that', async () => {
		expect( await read() ).toEqual( { total: 0, messages: [] } );
	} );

	test( 'messages are held, let go, deleted and retried by their ids, and the log tells each', async () => {
		answer( { RCPT: '450 4.7.1 <you@example.org>: "later" (greylisted)' } );
		await send( 3, 'shop@shop.example.com' );
		await send( 1, 'blog@blog.example.com' );
		await settled();
		const { total, messages } = await read();
		expect( total ).toBe( 4 );
		expect( messages.map( ( { domain } ) => domain ).sort() ).toEqual( [
			'blog.example.com',
			...Array( 3 ).fill( 'shop.example.com' ),
		] );
		expect( messages[ 0 ] ).toMatchObject( { isHeld: false, recipients: 1 } );
		expect( messages[ 0 ]?.reason ).toContain( 'said: 450 4.7.1 <you@example.org>: "later" (greylisted)' );
		const [ first = '', second = '', third = '', fourth = '' ] = messages.map( ( { id } ) => id );

		expect( await change( 'hold', [ first, second ] ) ).toEqual( { changed: 2, gone: 0 } );
		expect( await change( 'hold', [ first ] ) ).toEqual( { changed: 0, gone: 0 } );
		expect( ( await read() ).messages.filter( ( { isHeld } ) => isHeld ) ).toHaveLength( 2 );
		expect( await change( 'delete', [ first, third ] ) ).toEqual( { changed: 2, gone: 0 } );
		expect( await change( 'delete', [ first ] ) ).toEqual( { changed: 0, gone: 1 } );
		expect( await told( first ) ).toEqual( [ 'submitted', 'queued', 'tried', 'held', 'deleted' ] );
		expect( ( await told( third ) ).at( -1 ) ).toBe( 'deleted' );

		answer( {} );
		expect( await change( 'retry', [ second, fourth ] ) ).toEqual( { changed: 1, gone: 0 } );
		await settled();
		expect( ( await read() ).messages.map( ( { id } ) => id ) ).toEqual( [ second ] );
		expect( await change( 'release', [ second ] ) ).toEqual( { changed: 1, gone: 0 } );
		await settled();
		expect( ( await read() ).total ).toBe( 0 );
		expect( await told( second ) ).toEqual( [
			...[ 'submitted', 'queued', 'tried', 'held', 'released', 'queued', 'tried', 'removed' ],
		] );
	} );

	// tried with 10,000, too: each step took four to seven seconds
	test( 'two thousand messages are listed, held and deleted by their ids', async () => {
		answer( { RCPT: '450 4.7.1 later' } );
		await send( 1, 'shop@shop.example.com' );
		await settled();
		const [ { id = '' } = {} ] = ( await read() ).messages;
		// other names of the same file, which differ in the inode that an id ends with: sending as many would take minutes
		await say(
			remote,
			`cd /var/spool/postfix && perl -e '
				my ($from) = glob("deferred/*/${ id }");
				for my $n (1 .. 1999) {
					link($from, sprintf("deferred/%s/%s%05d", substr($from, 9, 1), "${ id.slice(
						0,
						id.lastIndexOf( 'z' ) + 1
					) }", $n)) or die $!;
				}'`
		);
		const { total, messages } = await read();
		expect( { total, listed: messages.length } ).toEqual( { total: 2_000, listed: 2_000 } );
		const ids = messages.map( ( one ) => one.id );
		expect( await change( 'hold', ids ) ).toEqual( { changed: 2_000, gone: 0 } );
		expect( ( await read() ).messages.every( ( { isHeld } ) => isHeld ) ).toBe( true );
		expect( await change( 'delete', ids.slice( 0, 1_990 ) ) ).toEqual( { changed: 1_990, gone: 0 } );
		expect( await change( 'delete', ids ) ).toEqual( { changed: 10, gone: 1_990 } );
	} );
} );
