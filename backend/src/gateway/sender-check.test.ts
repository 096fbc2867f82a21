import { describe, expect, test } from '@jest/globals';
import { presets } from '@email-gateway/shared';
import { providerSenders } from './provider-senders.ts';
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
const key = [ 'v=DKIM1; k=rsa; p=MIGf' ];

/** `zone` over a domain that exists and has no records; a name that is in neither answers "no such name". */
const judge = ( account: Account, zone: Record< string, TxtAnswer >, sendingDomain = 'example.com' ) => {
	const question: SenderQuestion = { ...accounts[ account ], sendingDomain };
	const all = new Map< string, TxtAnswer >( namesToAsk( question ).map( ( name ) => [ name, 'no_such_name' ] ) );
	all.set( sendingDomain, [] );
	Object.entries( zone ).forEach( ( [ name, answer ] ) => all.set( name, answer ) );
	return judgeSender( question, all );
};

describe( 'DKIM', () => {
	test.each< [ string, Account, Record< string, TxtAnswer >, string, string[] ] >( [
		[
			'is found at the provider’s selector',
			'workspace',
			{ 'google._domainkey.example.com': key },
			'found',
			[ 'google' ],
		],
		[ 'at a selector that may be another cannot be told', 'workspace', {}, 'cannot_tell', [ 'google' ] ],
		[ 'of a provider with one selector is missing', 'resend', {}, 'missing', [ 'resend' ] ],
		[
			'that was withdrawn is missing',
			'resend',
			{ 'resend._domainkey.example.com': [ 'v=DKIM1; p=' ] },
			'missing',
			[ 'resend' ],
		],
		[ 'with selectors of each account cannot be told', 'ses', {}, 'cannot_tell', [] ],
		[
			'without an answer cannot be told',
			'resend',
			{ 'resend._domainkey.example.com': 'no_answer' },
			'cannot_tell',
			[ 'resend' ],
		],
	] )( '%s', ( _what, account, zone, state, selectors ) => {
		expect( judge( account, zone ).dkim ).toEqual( { state, selectors } );
	} );

	test.each< [ Account, string, string ] >( [
		[ 'mailtrap', 'rwmt2._domainkey.example.com', 'rwmt2.dkim.smtp.mailtrap.live' ],
		[ 'fastmail', 'fm1._domainkey.example.com', 'fm1.example.com.dkim.fmhosted.com' ],
		[ 'mandrill', 'mte2._domainkey.example.com', 'dkim2.mandrillapp.com' ],
	] )( 'of %s is alike for everybody: the records are told', ( account, name, value ) => {
		expect( judge( account, {} ).toAdd ).toContainEqual( { type: 'CNAME', name, value, replaces: null } );
	} );
} );

describe( 'DMARC, which judges the header From', () => {
	test.each< [ string, Record< string, TxtAnswer >, object ] >( [
		[
			'own record',
			{ '_dmarc.mail.example.com': [ 'v=DMARC1; p=reject' ] },
			{ state: 'found', policy: 'reject', at: 'mail.example.com' },
		],
		[
			'record of the domain above, with a policy for those below',
			{ '_dmarc.example.com': [ 'v=DMARC1; p=reject; sp=quarantine' ] },
			{ state: 'found', policy: 'quarantine', at: 'example.com' },
		],
		[
			'two records count as none',
			{ '_dmarc.mail.example.com': [ 'v=DMARC1; p=none', 'v=DMARC1; p=reject' ] },
			{ state: 'several_records' },
		],
		[
			'one without a policy is none',
			{ '_dmarc.mail.example.com': [ 'v=DMARC1; policy=reject' ] },
			{ state: 'missing' },
		],
		[ 'none', {}, { state: 'missing', policy: null, at: null } ],
		[ 'no answer', { '_dmarc.mail.example.com': 'no_answer' }, { state: 'cannot_tell' } ],
	] )( '%s', ( _what, zone, dmarc ) => {
		expect( judge( 'resend', zone, 'mail.example.com' ).dmarc ).toMatchObject( dmarc );
	} );

	test( 'a missing one is told, with a policy that only watches', () => {
		expect( judge( 'resend', {} ).toAdd ).toEqual( [
			{ type: 'TXT', name: '_dmarc.example.com', value: 'v=DMARC1; p=none', replaces: null },
		] );
	} );

	test.each< [ string, Account, Record< string, TxtAnswer >, string, string ] >( [
		[ 'signed by the provider', 'resend', { 'resend._domainkey.example.com': key }, 'example.com', 'passes' ],
		[ 'unsigned', 'resend', {}, 'example.com', 'fails' ],
		[
			'unsigned, with an envelope that passes',
			'microsoft',
			{
				'example.com': [ 'v=spf1 include:spf.protection.outlook.com -all' ],
				'spf.protection.outlook.com': [ 'v=spf1 -all' ],
			},
			'example.com',
			'passes',
		],
		[ 'unsigned, with an envelope that does not', 'microsoft', {}, 'example.com', 'fails' ],
		[ 'of an unknown provider', 'other', {}, 'example.com', 'cannot_tell' ],
		[ 'of the provider’s own domain', 'gmail', {}, 'gmail.com', 'passes' ],
		[ 'another than the account’s', 'gmail', {}, 'example.com', 'rewritten' ],
		[ 'of another mailbox provider', 'resend', {}, 'gmail.com', 'foreign_domain' ],
		[
			'of a domain that does not exist',
			'resend',
			{ 'example.com': 'no_such_name' },
			'example.com',
			'no_such_domain',
		],
	] )( 'From %s', ( _what, account, zone, domain, verdict ) => {
		expect( judge( account, zone, domain ).verdict ).toBe( verdict );
	} );

	test( 'nothing is to be added to a domain of others', () => {
		expect( judge( 'resend', {}, 'gmail.com' ).toAdd ).toEqual( [] );
		expect( judge( 'gmail', {}, 'gmail.com' ).toAdd ).toEqual( [] );
	} );
} );

test( 'every preset has its facts, each with a source', () => {
	expect( Object.keys( providerSenders ).sort() ).toEqual( presets.map( ( { id } ) => id ).sort() );
	expect( Object.values( providerSenders ).filter( ( { source } ) => ! URL.canParse( source ) ) ).toEqual( [] );
} );
