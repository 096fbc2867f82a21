import { describe, expect, test } from '@jest/globals';
import type { MailEntry } from '@email-gateway/shared';
import type { Message } from '../provider/messages.ts';
import { compare, isMissed, type Evening } from './compare.ts';
import { fateOf, fates } from './fates.ts';
import { listOf, mailsOf } from './mails.ts';
import { renderDay } from './table.ts';

const sites = [ 'shop.day.test', 'blog.day.test' ];
const users = { 'shop.day.test': 'shop', 'blog.day.test': 'blog' };
const accounts = { 'shop.day.test': 'shop@provider.example', 'blog.day.test': 'blog@provider.example' };
const sent = mailsOf( 'part', { sites, count: 100 } );

/** A log without fault. */
const entries = sent.flatMap( ( { site, way, recipients }, n ) =>
	recipients.map( ( recipient ): MailEntry => {
		const { outcome, cause } = fateOf( recipient ) ?? fates.accepted;
		return {
			...{
				serverId: 1,
				queueId: `id${ n }`,
				at: '2026-11-30T12:00:00.000Z',
				origin: way,
				outcome,
				cause,
				recipient,
			},
			...{
				site: users[ site as keyof typeof users ],
				sender: `wordpress@${ site }`,
				fromDomain: site,
				bytes: 400,
			},
			...{ enhancedCode: null, reply: null, relay: 'smtp.provider.test[10.0.0.1]:587', tlsVersion: 'TLSv1.3' },
			...{ tries: 2, delayMs: 1, triedAt: null },
		};
	} )
);
const inbox = sent.flatMap( ( { subject, recipients, site } ): Message[] => {
	const to = recipients.filter( ( one ) => fateOf( one )?.outcome === 'accepted' );
	const message = {
		id: subject,
		from: '',
		to,
		subject,
		authUser: accounts[ site as keyof typeof accounts ],
		tls: null,
		receivedAt: '',
		raw: '',
	};
	return to.length > 0 ? [ message ] : [];
} );
const counts = [ { serverId: null, from: '', site: null, outcome: 'accepted' as const, messages: entries.length } ];
const right: Evening = {
	...{ sent, entries, inbox, counts, gaps: 0, unanswered: [], users, accounts },
	taken: sent.map( ( { subject } ) => subject ),
};
const missedIn = ( evening: Partial< Evening > ) =>
	compare( { ...right, ...evening } )
		.filter( isMissed )
		.map( ( { expected, of, met } ) => `${ of - met } ${ expected }` );
const but = ( change: Partial< MailEntry > ) => entries.map( ( one, n ) => ( n === 3 ? { ...one, ...change } : one ) );
const [ first ] = entries as [ MailEntry ];

describe( 'the mails of a day', () => {
	test( 'meet each fate by each way at each site, and no two are alike', () => {
		const all = mailsOf( 'all', { sites, count: 400 } );
		const everywhere = new Set(
			all.map( ( { site, way, recipients } ) => `${ site } ${ way } ${ recipients[ 0 ]?.split( '@' )[ 1 ] }` )
		);
		expect( everywhere.size ).toBe( sites.length * 2 * Object.keys( fates ).length );
		const addresses = all.flatMap( ( { recipients } ) => recipients );
		expect( new Set( addresses ).size ).toBe( addresses.length );
		expect( addresses.length ).toBeGreaterThan( all.length );
	} );

	test( 'are a line each for the site', () => {
		const mail = { site: 'a.test', way: 'smtp' as const, recipients: [ 'a@b.test', 'c@d.test' ], subject: 's-1' };
		expect( listOf( [ mail ] ) ).toBe( 'smtp a@b.test,c@d.test s-1\n' );
	} );
} );

describe( 'the evening', () => {
	test( 'meets every expectation where nothing is wrong', () => {
		expect( missedIn( {} ) ).toEqual( [] );
	} );

	test.each< [ string, Partial< Evening >, string[] ] >( [
		[ 'a mail is missing', { entries: entries.slice( 1 ) }, [ '1 The Mail Log tells each recipient once' ] ],
		[ 'a mail is told twice', { entries: [ first, ...entries ] }, [ '1 The Mail Log tells each recipient once' ] ],
		[
			'a stranger is told',
			{ entries: [ ...entries, { ...first, queueId: 'x', recipient: 'x@y.test' } ] },
			[ '1 It tells of no other message of a site' ],
		],
		[
			'an outcome is another',
			{ entries: but( { outcome: 'expired' } ) },
			[ '1 What became of it is what the provider did' ],
		],
		[
			'a cause is another',
			{ entries: but( { cause: 'greylisted' } ) },
			[ '1 The cause is the provider’s reason' ],
		],
		[
			'a site is another',
			{ entries: but( { site: 'www-data' } ) },
			[ '1 The site is the Unix user that sent it' ],
		],
		[ 'From is another', { entries: but( { fromDomain: null } ) }, [ '1 The domain of From is the site’s' ] ],
		[
			'it left by the account of another site',
			{ accounts: { ...accounts, 'blog.day.test': 'shop@provider.example' } },
			[ 'It leaves by the account of its site' ],
		],
		[
			'the provider has it twice',
			{ inbox: [ ...inbox, ...inbox.slice( 0, 1 ) ] },
			[ '1 What is told as accepted is' ],
		],
		[
			'it is there three times, though its answer was lost',
			{
				inbox: [ ...inbox, ...inbox.slice( 0, 1 ), ...inbox.slice( 0, 1 ) ],
				unanswered: entries.map( ( { recipient } ) => String( recipient ) ),
			},
			[ '1 What is told as accepted is' ],
		],
		[ 'it was not tried', { entries: but( { tries: 0 } ) }, [ '1 What was refused for now was tried again' ] ],
		[ 'the counts are more', { counts: [ ...counts, ...counts ] }, [ '1 The counts of the day' ] ],
		[ 'something is unknown', { gaps: 1 }, [ '1 Nothing is told as unknown' ] ],
		[ 'the server refused one', { taken: right.taken.slice( 1 ) }, [ '1 Each site’s wp_mail()' ] ],
	] )( 'tells that %s', ( _what, evening, expected ) => {
		const missed = missedIn( evening );
		for ( const begins of expected ) {
			expect( missed ).toContainEqual( expect.stringContaining( begins ) );
		}
	} );

	test( 'lets a mail be there twice whose answer was lost', () => {
		const unanswered = [ inbox[ 0 ]?.to[ 0 ] ?? '' ];
		expect( missedIn( { inbox: [ ...inbox, ...inbox.slice( 0, 1 ) ], unanswered } ) ).toEqual( [] );
	} );

	test( 'is a table that says what was missed', () => {
		const table = renderDay( compare( { ...right, gaps: 2 } ) );
		expect( table ).toContain( '| Nothing is told as unknown | 0 of 1 | MISSED: gaps: 2 gaps |' );
		expect( table ).toContain(
			`| The Mail Log tells each recipient once | ${ entries.length } of ${ entries.length } | met |`
		);
	} );
} );
