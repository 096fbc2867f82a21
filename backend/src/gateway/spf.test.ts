import { describe, expect, test } from '@jest/globals';
import { judgeSender, namesToAsk, type SenderQuestion } from './sender-check.ts';
import type { TxtAnswer } from './spf.ts';

const accounts = {
	workspace: { smtpServer: 'smtp.gmail.com', userName: 'me@example.com' },
	gmail: { smtpServer: 'smtp.gmail.com', userName: 'me@gmail.com' },
	microsoft: { smtpServer: 'smtp.office365.com', userName: 'me@example.com' },
	fastmail: { smtpServer: 'smtp.fastmail.com', userName: 'me@example.com' },
	mandrill: { smtpServer: 'smtp.mandrillapp.com', userName: 'me' },
	resend: { smtpServer: 'smtp.resend.com', userName: 'resend' },
	mailtrap: { smtpServer: 'live.smtp.mailtrap.io', userName: 'api' },
	ses: { smtpServer: 'email-smtp.eu-central-1.amazonaws.com', userName: 'AKIA' },
	other: { smtpServer: 'smtp.provider.test', userName: 'me' },
};
type Account = keyof typeof accounts;
const google = { '_spf.google.com': [ 'v=spf1 ip4:192.0.2.0/24 ~all' ] };

/** `zone` over a domain that exists and has no records; a name that is in neither answers "no such name". */
const judge = ( account: Account, zone: Record< string, TxtAnswer >, sendingDomain = 'example.com' ) => {
	const question: SenderQuestion = { ...accounts[ account ], sendingDomain };
	const all = new Map< string, TxtAnswer >( namesToAsk( question ).map( ( name ) => [ name, 'no_such_name' ] ) );
	all.set( sendingDomain, [] );
	Object.entries( zone ).forEach( ( [ name, answer ] ) => all.set( name, answer ) );
	return judgeSender( question, all );
};

describe( 'SPF, which judges the envelope sender', () => {
	test.each< [ string, Account, string[], Record< string, TxtAnswer >, string, string | null ] >( [
		[ 'passes', 'workspace', [ 'v=spf1 include:_spf.google.com ~all' ], google, 'passes', null ],
		[
			'passes through a record that another one leads to',
			'workspace',
			[ 'v=spf1 redirect=spf.example.com' ],
			{ ...google, 'spf.example.com': [ 'v=spf1 include:_spf.google.com -all' ] },
			'passes',
			null,
		],
		[
			'is missing',
			'workspace',
			[ 'google-site-verification=1' ],
			{},
			'missing',
			'v=spf1 include:_spf.google.com ~all',
		],
		[
			'lacks the provider, whose include goes before the end of the record',
			'microsoft',
			[ 'v=spf1 mx ip4:192.0.2.7 -all' ],
			{},
			'lacks_provider',
			'v=spf1 mx ip4:192.0.2.7 include:spf.protection.outlook.com -all',
		],
		[
			'is there twice, which voids both: one record is made of them',
			'workspace',
			[ 'v=spf1 mx ~all', 'v=spf1 include:_spf.google.com mx -all' ],
			google,
			'several_records',
			'v=spf1 mx include:_spf.google.com ~all',
		],
		[
			'costs more than ten look-ups',
			'workspace',
			[ `v=spf1 ${ Array.from( { length: 11 }, ( _, i ) => `exists:${ i }.example.com` ).join( ' ' ) } -all` ],
			{},
			'too_many_lookups',
			null,
		],
		[
			'would cost more than ten with the provider',
			'workspace',
			[ `v=spf1 ${ Array.from( { length: 10 }, ( _, i ) => `a:${ i }.example.com` ).join( ' ' ) } -all` ],
			{},
			'too_many_lookups',
			null,
		],
		[
			'has an error',
			'workspace',
			[ 'v=spf1 include:_spf.google.com ipv4:192.0.2.7 -all' ],
			google,
			'broken',
			null,
		],
		[
			'cannot be read to its end',
			'workspace',
			[ 'v=spf1 include:lost.example.com -all' ],
			{ 'lost.example.com': 'no_answer' },
			'cannot_tell',
			null,
		],
		[ 'is not needed where bounces go to the provider', 'resend', [ 'v=spf1 mx -all' ], {}, 'not_needed', null ],
		[
			'is there twice, which voids both with an unknown provider, too',
			'other',
			[ 'v=spf1 mx ~all', 'v=spf1 a -all' ],
			{},
			'several_records',
			null,
		],
		[ 'has an error, with an unknown provider, too', 'other', [ 'v=spf1 ipv4:192.0.2.7' ], {}, 'broken', null ],
		[
			'costs more than ten look-ups, with an unknown provider, too',
			'other',
			[ `v=spf1 ${ Array.from( { length: 11 }, ( _, i ) => `exists:${ i }.example.com` ).join( ' ' ) } -all` ],
			{},
			'too_many_lookups',
			null,
		],
		[
			'is missing, which is no fault where nothing tells what it should hold',
			'other',
			[],
			{},
			'cannot_tell',
			null,
		],
		[ 'cannot be told of an unknown provider', 'other', [ 'v=spf1 mx -all' ], {}, 'cannot_tell', null ],
	] )( '%s', ( _what, account, records, zone, state, value ) => {
		const { spf, toAdd } = judge( account, { ...zone, 'example.com': records } );
		expect( spf.state ).toBe( state );
		const added = toAdd.filter( ( { name } ) => name === 'example.com' ).map( ( record ) => record.value );
		expect( added ).toEqual( value === null ? [] : [ value ] );
	} );

	test( 'counts the look-ups of every record that it leads to', () => {
		const zone = {
			...google,
			'example.com': [ 'v=spf1 a mx include:_spf.google.com ?exists:%{i}.example.com ~all' ],
		};
		expect( judge( 'workspace', zone ).spf.lookups ).toBe( 4 );
	} );

	test( 'a loop of records ends', () => {
		const zone = {
			'example.com': [ 'v=spf1 include:a.example.com -all' ],
			'a.example.com': [ 'v=spf1 include:a.example.com -all' ],
		};
		expect( judge( 'workspace', zone ) ).toMatchObject( { spf: { state: 'loops' } } );
	} );

	test( 'a record that includes itself is told as that, not as one that lacks the provider', () => {
		const { spf, toAdd } = judge( 'workspace', { 'example.com': [ 'v=spf1 include:example.com -all' ] } );
		expect( spf.state ).toBe( 'loops' );
		expect( toAdd.map( ( { name } ) => name ) ).not.toContain( 'example.com' );
	} );

	test( 'the same record twice on different ways is no loop', () => {
		const zone = {
			...google,
			'example.com': [ 'v=spf1 include:a.example.com include:b.example.com -all' ],
			'a.example.com': [ 'v=spf1 include:_spf.google.com -all' ],
			'b.example.com': [ 'v=spf1 include:_spf.google.com -all' ],
		};
		expect( judge( 'workspace', zone ).spf.state ).toBe( 'passes' );
	} );

	test( 'what to add depends on the server where a provider has several regions', () => {
		const question = { smtpServer: 'smtp.zoho.eu', userName: 'me@example.com', sendingDomain: 'example.com' };
		const { toAdd } = judgeSender( question, new Map( [ [ 'example.com', [] ] ] ) );
		expect( toAdd ).toContainEqual( expect.objectContaining( { value: 'v=spf1 include:zohomail.eu ~all' } ) );
	} );

	test( 'the server’s own address is never added', () => {
		const { toAdd } = judge( 'workspace', {} );
		expect( JSON.stringify( toAdd ) ).not.toMatch( /ip[46]:/ );
	} );
} );
