import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Server } from '../db/servers.ts';
import { followLog } from '../jobs/follow-log.ts';
import { realTools } from '../jobs/tools.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type TestSmtp } from '../mail/test-smtp.ts';
import { look } from '../programs/look.ts';
import { addressTowards, install, removeIfThere, say } from '../programs/test-gateway.ts';
import type { Remote } from '../ssh/remote.ts';
import { connectTo, testServers } from '../ssh/test-servers.ts';
import { cursorOf } from './keep.ts';
import type { LogPiece } from './log-piece.ts';
import { logsOf, namesOf } from './logs.ts';
import { withRoutes } from './routes.ts';
import type { MailRow } from './rows.ts';

jest.setTimeout( 300_000 );

const name = 'provider.mail-log-test.example';
const certificates = makeTestCertificates( name );

/** What the provider says to an address, and what the log must tell of it. */
const fates = {
	ok: { reply: '250 2.1.5 Ok', outcome: 'accepted', cause: null },
	no: { reply: '550 5.1.1 User unknown', outcome: 'refused', cause: 'recipient_unknown' },
	later: { reply: '450 4.7.1 Greylisted', outcome: 'waiting', cause: 'greylisted' },
} as const;
type Fate = keyof typeof fates;
const fateOf = ( address: string ) => address.split( '-' )[ 0 ] as Fate;

interface Sent {
	recipient: string;
	user: string;
	by: 'sendmail' | 'smtp';
}

/** The same mix for each user and way. */
const mix: Fate[] = [ 'ok', 'ok', 'no', 'ok', 'later' ];
const batch = ( part: string, user: string, by: Sent[ 'by' ], count: number ): Sent[] =>
	Array.from( { length: count }, ( _, n ) => ( {
		recipient: `${ mix[ n % mix.length ] }-${ part }-${ user }-${ by }-${ n }@example.org`,
		user,
		by,
	} ) );

/** Addresses on standard input, one message to each; by sendmail(1), or one after the other over SMTP. */
const sendmail = ( user: string ) => `cd /; while IFS= read -r to; do
	printf 'From: shop@${ user }.test\\nSubject: x\\n\\nx\\n' | setpriv --reuid=${ user } --regid=${ user } --clear-groups sendmail -i -f shop@${ user }.test "$to"
done`;
const smtp = (
	user: string
) => `cd /; setpriv --reuid=${ user } --regid=${ user } --clear-groups perl -MIO::Socket::INET -e '
	my $s = IO::Socket::INET->new( "127.0.0.1:25" ) or die; my $say = sub { print $s "$_[0]\\r\\n"; my $l = <$s>; die $l if $l !~ /^[23]/ };
	<$s>; $say->( "HELO site.test" );
	while ( my $to = <STDIN> ) { chomp $to; $say->( "MAIL FROM:<shop\\@${ user }.test>" ); $say->( "RCPT TO:<$to>" ); $say->( "DATA" ); $say->( "Subject: x\\r\\n\\r\\nx\\r\\n." ) }'`;

describe.each( testServers() )( '$name ($kind)', ( server ) => {
	let remote: Remote;
	let backend: TestBackend;
	let provider: TestSmtp;
	const sent: Sent[] = [];
	// a row that nothing refers to: what is kept of the log needs its id only
	const row = {
		id: randomUUID(),
		siteId: randomUUID(),
		serverId: 1,
		submittedVersion: null,
		installedVersion: null,
	} as Server;

	const send = async ( mails: Sent[] ) => {
		sent.push( ...mails );
		for ( const by of [ 'sendmail', 'smtp' ] as const ) {
			for ( const user of [ 'sitea', 'siteb' ] ) {
				const to = mails.filter( ( mail ) => mail.by === by && mail.user === user );
				await remote.run( by === 'smtp' ? smtp( user ) : sendmail( user ), {
					stdin: Buffer.from( to.map( ( { recipient } ) => `${ recipient }\n` ).join( '' ) ),
					signal: AbortSignal.timeout( 60_000 ),
					timeoutMs: 60_000,
				} );
			}
		}
	};
	/** As the pulse does: one look that brings a piece, and more while there is more. */
	const readOn = async () => {
		const signal = AbortSignal.timeout( 60_000 );
		let first: LogPiece | null = null;
		const after = await cursorOf( backend.app.db, row.id );
		await look( remote, { signal, log: { after, onPiece: ( piece ) => ( first = piece ) } } );
		expect( first ).not.toBeNull();
		await followLog( { ...backend.app, tools: realTools }, { server: row, remote, signal }, first );
	};
	const rows = (): Promise< MailRow[] > => withRoutes( backend.app.db ).where( 'origin', '!=', 'notice' ).execute();
	const rotate = () => say( remote, 'logrotate -f /etc/logrotate.d/email-gateway' );

	beforeAll( async () => {
		backend = await startBackend( { withWorker: false } );
		remote = await connectTo( server, AbortSignal.timeout( 900_000 ) );
		await removeIfThere( remote );
		await say( remote, 'useradd -M sitea; useradd -M siteb; rm -rf /var/log/email-gateway' );
		const host = await addressTowards( server );
		provider = await startTestSmtp(
			{ tls: certificates.good, rcpt: ( address ) => fates[ fateOf( address ) ]?.reply ?? '250 2.1.5 Ok' },
			{ host }
		);
		await remote.run( 'cp -a /etc/hosts /root/hosts.mail-log-test; cat >>/etc/hosts', {
			stdin: Buffer.from( `${ host } ${ name }\n` ),
			signal: AbortSignal.timeout( 60_000 ),
			timeoutMs: 60_000,
		} );
		await install( remote, undefined, {
			smtpServer: name,
			smtpPort: provider.port,
			caCertificate: certificates.ca,
		} );
	} );
	afterAll( async () => {
		await removeIfThere( remote );
		await say(
			remote,
			'mv /root/hosts.mail-log-test /etc/hosts; userdel sitea; userdel siteb; rm -rf /var/lib/email-gateway-saved-queue-*'
		);
		remote.close();
		await provider.stop();
		await backend.stop();
	} );

	test( 'two hundred messages are told as they were sent and as the provider answered, each once', async () => {
		await send( [ ...batch( 'a', 'sitea', 'sendmail', 20 ), ...batch( 'a', 'siteb', 'smtp', 20 ) ] );
		await readOn();
		// while the log is rotated, and read in the middle of it
		const sending = send( [ ...batch( 'b', 'sitea', 'sendmail', 30 ), ...batch( 'b', 'siteb', 'sendmail', 30 ) ] );
		await sleep( 500 );
		await rotate();
		await readOn();
		await sending;
		await readOn();
		// the backend is away, through two rotations
		await send( batch( 'c', 'sitea', 'smtp', 30 ) );
		await sleep( 1000 );
		await rotate();
		await send( batch( 'd', 'siteb', 'sendmail', 40 ) );
		await sleep( 1000 );
		await rotate();
		await send( batch( 'e', 'sitea', 'sendmail', 30 ) );
		const isTold = async () => ( await rows() ).filter( ( { outcome } ) => outcome !== 'queued' ).length >= 200;
		for ( let turn = 0; turn < 30; turn++ ) {
			await readOn();
			if ( await isTold() ) {
				break;
			}
			await sleep( 1000 );
		}

		const [ log ] = await logsOf( backend.app.db, [ row.id ] );
		const names = await namesOf( backend.app.db, [ log?.id ?? 0 ] );
		const found = ( await rows() ).map( ( { recipient, origin, uid, log: of, outcome, cause, sender } ) =>
			[ recipient, origin, names.get( `${ of } ${ uid }` ), sender, outcome, cause ].join( ' ' )
		);
		const expected = sent.map( ( { recipient, user, by } ) => {
			const { outcome, cause } = fates[ fateOf( recipient ) ];
			return [ recipient, by, user, `shop@${ user }.test`, outcome, cause ].join( ' ' );
		} );
		expect( found.sort() ).toEqual( expected.sort() );
		expect( found ).toHaveLength( 200 );
	} );

	test( 'what is told as accepted is what the provider took', async () => {
		const taken = provider.heard
			.map( ( line ) => /^RCPT TO:<(ok-[^>]*)>/.exec( line )?.[ 1 ] )
			.filter( ( address ) => address !== undefined );
		const accepted = ( await rows() ).filter( ( { outcome } ) => outcome === 'accepted' );
		expect( accepted.map( ( { recipient } ) => recipient ).sort() ).toEqual( taken.sort() );
		expect( accepted.every( ( { tls, relay } ) => tls === 'TLSv1.3' && relay?.includes( name ) ) ).toBe( true );
	} );

	test( 'the domain of From is told, and nothing else of it', async () => {
		const told = ( await rows() ).filter( ( { origin } ) => origin === 'sendmail' );
		expect( new Set( told.map( ( { fromDomain } ) => fromDomain ) ) ).toEqual(
			new Set( [ 'sitea.test', 'siteb.test' ] )
		);
	} );

	test( 'the counts are what counting gives, and there is no gap', async () => {
		const counts = await backend.app.db.selectFrom( 'mailCounts' ).selectAll().where( 'per', '=', 'day' ).execute();
		const all = await backend.app.db.selectFrom( 'mails' ).selectAll().execute();
		expect( counts.reduce( ( sum, { messages } ) => sum + messages, 0 ) ).toBe( all.length );
		expect( await backend.app.db.selectFrom( 'mailGaps' ).selectAll().execute() ).toEqual( [] );
	} );

	test( 'times are those of the server’s clock, whatever its time zone', async () => {
		const times = ( await rows() ).map( ( { at } ) => at.getTime() );
		expect( Math.max( ...times ) ).toBeLessThan( Date.now() + 60_000 );
		expect( Math.min( ...times ) ).toBeGreaterThan( Date.now() - 600_000 );
	} );

	test( 'deleted, held and released mail is told as that', async () => {
		const outcomesOf = async () => {
			await readOn();
			const waiting = ( await rows() ).filter( ( { recipient } ) => recipient?.startsWith( 'later-' ) );
			return [ ...new Set( waiting.map( ( { outcome } ) => outcome ) ) ];
		};
		// by id: of ALL, Postfix logs only how many there were
		const byId = ( option: string ) =>
			say( remote, `postqueue -j | sed 's/.*"queue_id": "\\([^"]*\\)".*/\\1/' | postsuper ${ option } -` );
		await byId( '-h' );
		expect( await outcomesOf() ).toEqual( [ 'held' ] );
		await byId( '-H' );
		expect( await outcomesOf() ).toEqual( [ 'waiting' ] );
		await byId( '-d' );
		expect( await outcomesOf() ).toEqual( [ 'deleted' ] );
	} );
} );
