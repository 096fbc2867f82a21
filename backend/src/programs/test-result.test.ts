import { describe, expect, test } from '@jest/globals';
import { maskAddresses } from './masking.ts';
import { readTestResult, type Followed } from './test-result.ts';

const head = 'Nov 23 22:41:21 s1 postfix';
const relay = 'smtp.example.com[203.0.113.9]:587';
const messageId = 'f00dfeedf00dfeedf00dfeedf00dfeed@example.com';
const id = '4jYLX11vlMznnrD';
const pickup = `${ head }/pickup[1]: ${ id }: uid=33 from=<site@example.com>`;
const cleanup = `${ head }/cleanup[2]: ${ id }: message-id=<${ messageId }>`;
const verified = `${ head }/smtp[3]: Verified TLS connection established to ${ relay }: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)`;
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

describe( 'readTestResult', () => {
	test( 'put off for an earlier message, then the provider says nothing: silence is how things are', () => {
		const putOff = delivery( 'deferred (delivery temporarily suspended: Server certificate not verified)', {
			at: 'none',
		} );
		expect( read( [ pickup, cleanup, putOff ], { silent: true } ) ).toMatchObject( {
			...{ outcome: 'waiting', answerMs: 40_000, diagnosis: { cause: 'greeting_timed_out' } },
		} );
		expect( read( [ pickup, cleanup, putOff ] ).diagnosis.cause ).not.toBe( 'greeting_timed_out' );
	} );

	test( 'accepted by the provider, over a verified connection', () => {
		expect( read( [ pickup, cleanup, verified, accepted ] ) ).toEqual( {
			outcome: 'accepted',
			from: 'site@example.com',
			to: 'you@example.org',
			diagnosis: { cause: 'accepted', enhancedCode: '2.0.0', reply: '250 2.0.0 Ok: queued as 9F1', stage: null },
			queueId: id,
			relay,
			tlsVersion: 'TLSv1.3',
			certificateName: 'smtp.example.com',
			handOverMs: 14,
			answerMs: 1300,
			log: [ pickup, cleanup, verified, accepted ],
		} );
	} );

	test.each( [
		[ 'deferred (connect to x)', 'waiting' ],
		[ 'SOFTBOUNCE (host x[1.2.3.4] said: 550 no)', 'waiting' ],
		[ 'bounced (host x[1.2.3.4] said: 550 no)', 'refused' ],
		[ 'expired (too old)', 'refused' ],
		[ 'undeliverable (no)', 'refused' ],
	] )( '%s is %s', ( status, outcome ) => {
		expect( read( [ pickup, cleanup, delivery( status ) ] ).outcome ).toBe( outcome );
	} );

	test( 'a message in the queue of which nothing was heard is waiting', () => {
		expect( read( [ pickup, cleanup ] ) ).toMatchObject( {
			outcome: 'waiting',
			relay: null,
			answerMs: 40_000,
			diagnosis: { cause: 'unknown', reply: '' },
		} );
	} );

	test.each( [
		[ 'another server', delivery( 'sent (250 ok)', { at: 'mx.example.org[203.0.113.8]:25' } ) ],
		[ 'another port', delivery( 'sent (250 ok)', { at: 'smtp.example.com[203.0.113.9]:25' } ) ],
	] )( 'a message that %s took was not accepted by the provider of Settings', ( _name, line ) => {
		expect( read( [ pickup, cleanup, line ] ) ).toMatchObject( {
			outcome: 'elsewhere',
			diagnosis: { cause: 'settings_changed_by_hand', whose: 'server' },
		} );
		// nothing to compare with
		expect( read( [ pickup, cleanup, line ], { provider: null } ).outcome ).toBe( 'accepted' );
	} );

	test.each( [
		'deferred (Host or domain name not found. Name service error for name=example.org type=MX: Host not found)',
		'deferred (unable to look up host example.org: Name or service not known)',
		'deferred (connect to mx.example.org[203.0.113.8]:25: Connection timed out)',
	] )( 'waits for another server than in Settings: %s', ( status ) => {
		expect( read( [ pickup, cleanup, delivery( status, { at: 'none' } ) ] ) ).toMatchObject( {
			outcome: 'waiting',
			diagnosis: { cause: 'settings_changed_by_hand' },
		} );
		const ours = status
			.replace( 'mx.example.org[203.0.113.8]:25', relay )
			.replace( 'example.org', 'smtp.example.com' );
		expect( read( [ pickup, cleanup, delivery( ours, { at: 'none' } ) ] ).diagnosis.cause ).not.toBe(
			'settings_changed_by_hand'
		);
	} );

	test( 'a domain that was made local by hand is no matter of the provider’s', () => {
		const bounced = delivery( 'bounced (unknown user: "you")', { service: 'local', at: 'local' } );
		expect( read( [ pickup, cleanup, bounced ] ) ).toMatchObject( {
			outcome: 'refused',
			diagnosis: { cause: 'not_through_gateway', whose: 'server' },
		} );
	} );

	test( 'where Postfix was asked to try at once, the last try counts', () => {
		const suspended = delivery( 'deferred (delivery temporarily suspended: connect to x)', {
			service: 'error',
			at: 'none',
		} );
		expect( read( [ pickup, cleanup, suspended, verified, accepted ] ).outcome ).toBe( 'accepted' );
	} );

	test( 'a connection that is used again was verified before', () => {
		const reused = delivery( 'sent (250 ok)', { more: 'conn_use=2, ' } );
		expect( read( [ pickup, cleanup, reused ], { earlier: [ verified ] } ) ).toMatchObject( {
			tlsVersion: 'TLSv1.3',
			certificateName: 'smtp.example.com',
		} );
		expect( read( [ pickup, cleanup, accepted ], { earlier: [ verified ] } ) ).toMatchObject( {
			tlsVersion: null,
			certificateName: null,
		} );
	} );

	test( 'a line that masking makes longer is as long as it may be, and no longer', () => {
		const many = `${ head }/smtp[3]: ${ 'a@b.test '.repeat( 400 ) }`;
		expect( Math.max( ...read( [ pickup, cleanup, many ] ).log.map( ( { length } ) => length ) ) ).toBe( 2_048 );
	} );

	test( 'names no certificate that was not verified', () => {
		const untrusted = verified.replace( 'Verified', 'Untrusted' );
		expect(
			read( [ pickup, cleanup, untrusted, delivery( 'deferred (Server certificate not verified)' ) ] )
		).toMatchObject( { tlsVersion: 'TLSv1.3', certificateName: null } );
	} );
} );

describe( 'maskAddresses', () => {
	test( 'keeps the addresses that were typed, and of others the first letter and the domain', () => {
		expect(
			maskAddresses( 'to=<you@example.org>, orig_to=<root@s1>, from=<jane.doe@example.com>', [
				'You@example.org',
			] )
		).toBe( 'to=<you@example.org>, orig_to=<r***@s1>, from=<j***@example.com>' );
	} );
} );
