import { describe, expect, test } from '@jest/globals';
import { parseDelivery, parseLine, type LogLine } from './mail-log.ts';

const head = 'Nov 23 22:41:21 s1 postfix';
const sent = `${ head }/smtp[3624]: 4jYLX11vlMznnrD: to=<you@example.org>, relay=smtp.example.com[203.0.113.9]:587, delay=0.26, delays=0.04/0.04/0.16/0.02, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as E25164A070)`;
const line = ( text: string ): LogLine => parseLine( text ) ?? { service: '', queueId: null, text: '' };
const deliver = ( text: string, to = 'you@example.org' ) => parseDelivery( line( text ), to );

describe( 'parseLine', () => {
	test( 'takes a line apart', () => {
		expect( parseLine( `${ head }/pickup[3589]: 4jYLX11vlMznnrD: uid=33 from=<site@example.com>` ) ).toEqual( {
			service: 'pickup',
			queueId: '4jYLX11vlMznnrD',
			text: 'uid=33 from=<site@example.com>',
		} );
	} );
	test( 'a short queue id is one, too', () => {
		expect( line( `${ head }/qmgr[1]: 0A1B2C3D4E5F: removed` ).queueId ).toBe( '0A1B2C3D4E5F' );
	} );
	test.each( [ 'warning: no route', 'connect to mx[203.0.113.9]:25: timed out', 'statistics: max' ] )(
		'“%s” names no message',
		( text ) => {
			expect( line( `${ head }/smtp[1]: ${ text }` ) ).toMatchObject( { queueId: null, text } );
		}
	);
	test( 'knows an instance of another name', () => {
		expect( line( 'Nov  3 02:41:21 s1 postfix-out/smtp[1]: 4jYLX11vlMznnrD: to=<a@b.c>' ).service ).toBe( 'smtp' );
	} );
	test( 'other programs say nothing to us', () => {
		expect(
			parseLine(
				'Nov 23 22:41:21 s1 sshd[1]: postfix/smtp[1]: 4jYLX11vlMznnrD: to=<you@example.org>, status=sent (250)'
			)
		).toBeNull();
		expect( parseLine( '' ) ).toBeNull();
	} );
} );

describe( 'parseDelivery', () => {
	test.each( [
		[ '.dot@example.org', '".dot"@example.org' ],
		[ 'a..b@example.org', '"a..b"@example.org' ],
	] )( 'knows %s as Postfix logs it', ( to, logged ) => {
		expect( deliver( sent.replace( 'you@example.org', logged ), to ) ).toMatchObject( { status: 'sent' } );
	} );
	test( 'reads relay, times, code, status and reply', () => {
		expect( deliver( sent ) ).toEqual( {
			service: 'smtp',
			relay: 'smtp.example.com[203.0.113.9]:587',
			delayMs: 260,
			dsn: '2.0.0',
			status: 'sent',
			reason: '250 2.0.0 Ok: queued as E25164A070',
			reusedConnection: false,
		} );
	} );
	test( 'tolerates attributes it does not know, as Postfix 3.11 adds them', () => {
		expect(
			deliver( sent.replace( ' dsn=', ' tls=secure, dsn=' ).replace( ' delay=', ' conn_use=3, delay=' ) )
		).toMatchObject( { dsn: '2.0.0', status: 'sent', reusedConnection: true } );
	} );
	test( 'has no relay where no connection was made', () => {
		const text = sent
			.replace( /relay=[^,]+/, 'relay=none' )
			.replace( /status=.*/, 'status=deferred (connect to x[203.0.113.9]:587: Connection refused)' );
		expect( deliver( text ) ).toMatchObject( { relay: null, status: 'deferred' } );
	} );
	test( 'is about exactly this recipient', () => {
		expect( deliver( sent, 'ou@example.org' ) ).toBeNull();
		expect( deliver( sent, 'you@example.or' ) ).toBeNull();
		expect( deliver( sent.replace( 'to=<you@example.org>', 'to=<other@example.org>' ) ) ).toBeNull();
	} );
	test( 'finds a recipient that was mapped to another', () => {
		expect(
			deliver( sent.replace( 'to=<you@example.org>', 'to=<admin@example.net>, orig_to=<you@example.org>' ) )
		).toMatchObject( { status: 'sent', dsn: '2.0.0' } );
	} );
	test( 'takes the first status: what a reply says does not count', () => {
		const forged = sent.replace(
			/status=.*/,
			'status=deferred (host x[203.0.113.9] said: 450 no status=sent (250 2.0.0 Ok: queued))'
		);
		expect( deliver( forged ) ).toMatchObject( {
			status: 'deferred',
			reason: 'host x[203.0.113.9] said: 450 no status=sent (250 2.0.0 Ok: queued)',
		} );
	} );
	test( 'a recipient that contains a whole delivery line is another recipient', () => {
		const forged = `${ head }/smtp[1]: 4jYLX11vlMznnrD: to=<"x>, to=<you@example.org>, relay=a[1.2.3.4]:25, dsn=2.0.0, status=sent (250 ok)"@example.com>, relay=none, delay=1, delays=1/0/0/0, dsn=5.1.1, status=bounced (no)`;
		expect( deliver( forged ) ).toBeNull();
	} );
	test( 'a line that Postfix cut within the reply still tells what became of the message', () => {
		expect( deliver( sent.slice( 0, -4 ) ) ).toMatchObject( { status: 'sent' } );
		expect( deliver( sent.replace( 'status=sent', 'status=bounced' ).slice( 0, -1 ) ) ).toMatchObject( {
			status: 'bounced',
		} );
	} );
	test( 'a line that is cut off before that is no delivery', () => {
		expect( deliver( sent.slice( 0, sent.indexOf( ' (' ) ) ) ).toBeNull();
	} );
} );
