import { describe, expect, test } from '@jest/globals';
import { readTestResult, type Followed } from './test-result.ts';

const head = 'Nov 23 22:41:21 s1 postfix';
const relay = 'smtp.example.com[203.0.113.9]:587';
const messageId = 'f00dfeedf00dfeedf00dfeedf00dfeed@example.com';
const id = '4jYLX11vlMznnrD';
const pickup = `${ head }/pickup[1]: ${ id }: uid=33 from=<site@example.com>`;
const cleanup = `${ head }/cleanup[2]: ${ id }: message-id=<${ messageId }>`;
const delivery = (
	status: string,
	{ qid = id, service = 'smtp', to = 'you@example.org', at = relay, more = '' } = {}
) =>
	`${ head }/${ service }[3]: ${ qid }: to=<${ to }>, relay=${ at }, ${ more }delay=1.3, delays=0.04/0.04/0.16/0.02, dsn=2.0.0, status=${ status }`;
const accepted = delivery( 'sent (250 2.0.0 Ok: queued as 9F1)' );
const read = ( lines: string[], change: Partial< Followed > = {} ) =>
	readTestResult( {
		from: 'site@example.com',
		to: 'you@example.org',
		uid: 33,
		messageId,
		queueId: id,
		handOverMs: 14,
		waitedMs: 40_000,
		lines,
		earlier: [],
		silent: false,
		provider: { smtpServer: 'smtp.example.com', smtpPort: 587 },
		...change,
	} );

const refuses = ( lines: string[] ) =>
	expect( () => read( lines ) ).toThrow( expect.objectContaining( { code: 'test_tampered' } ) );

describe( 'a forged line never says accepted', () => {
	test( 'of another queue id', () => {
		expect( read( [ pickup, cleanup, delivery( 'sent (250 ok)', { qid: '4jYLX11vlMznnrF' } ) ] ).outcome ).toBe(
			'waiting'
		);
	} );
	test.each( [
		[ 'before ours', ( others: string[] ) => [ ...others, pickup, cleanup, accepted ] ],
		[ 'after ours', ( others: string[] ) => [ pickup, cleanup, ...others, accepted ] ],
	] )( 'where another message with our Message-ID was handed over %s', ( _name, mixed ) => {
		const other = '4jYLX11vlMznnrF';
		const moved = ( line: string ) => line.replace( id, other );
		const client = `${ head }/smtpd[4]: ${ other }: client=localhost[127.0.0.1]`;
		refuses( mixed( [ moved( pickup ), moved( cleanup ) ] ) );
		refuses( mixed( [ moved( pickup ).replace( 'uid=33', 'uid=1001' ), moved( cleanup ) ] ) );
		refuses( mixed( [ client, moved( cleanup ) ] ) );
		// what local(8) forwards was handed over by nobody
		expect( read( mixed( [ moved( cleanup ) ] ) ) ).toMatchObject( { outcome: 'accepted' } );
	} );
	test( 'where our message has another sender than we gave it', () => {
		const other = pickup.replace( 'site@example.com', 'other@example.test' );
		refuses( [ other, cleanup, accepted ] );
	} );
	test( 'inside a Message-ID', () => {
		const forged = `${ head }/cleanup[2]: ${ id }: message-id=<to=<you@example.org>, relay=${ relay }, dsn=2.0.0, status=sent (250 ok)>`;
		expect( read( [ pickup, cleanup, forged ] ).outcome ).toBe( 'waiting' );
	} );
	test( 'for another recipient', () => {
		expect( read( [ pickup, cleanup, delivery( 'sent (250 ok)', { to: 'other@example.org' } ) ] ).outcome ).toBe(
			'waiting'
		);
	} );
	test( 'by a delivery agent of the server itself', () => {
		expect(
			read( [ pickup, cleanup, delivery( 'sent (delivered to mailbox)', { service: 'local', at: 'local' } ) ] )
				.outcome
		).toBe( 'elsewhere' );
	} );
	test( 'by another program', () => {
		expect( read( [ pickup, cleanup, accepted.replace( 'postfix/smtp[3]', 'www-data[3]' ) ] ).outcome ).toBe(
			'waiting'
		);
	} );
} );
