import type { MailEntry, MailHour } from '@email-gateway/shared';
import type { Message } from '../provider/messages.ts';
import { fateOf } from './fates.ts';
import type { Mail } from './mails.ts';

/** Everything that is known in the evening. */
export interface Evening {
	/** What the sites were to send. */
	sent: readonly Mail[];
	/** Subjects of those of which wp_mail() said that they were taken. */
	taken: readonly string[];
	/** The Mail Log, of all servers. */
	entries: readonly MailEntry[];
	/** Its counts a day, of all servers. */
	counts: readonly MailHour[];
	/** Number of stretches of which the log says that nothing is known. */
	gaps: number;
	/** What the provider took. */
	inbox: readonly Message[];
	/** Recipients whose message the provider took without being able to say so: it was tried again, as SMTP wants it. */
	unanswered: readonly string[];
	/** Unix user by domain of the site. */
	users: Readonly< Record< string, string > >;
	/** User name at the provider by domain of the site. */
	accounts: Readonly< Record< string, string > >;
}

/** One expectation, and how far it was met. */
export interface Row {
	expected: string;
	/** In how many cases of how many. */
	met: number;
	of: number;
	/** Up to three that did not. */
	examples: string[];
}

export const isMissed = ( { met, of }: Row ): boolean => met !== of;

interface Case {
	what: string;
	/** Null where it is as expected. */
	wrong: string | null;
}

const row = ( expected: string, cases: readonly Case[] ): Row => {
	const wrong = cases.filter( ( one ) => one.wrong !== null );
	const examples = wrong.slice( 0, 3 ).map( ( one ) => `${ one.what }: ${ one.wrong }` );
	return { expected, met: cases.length - wrong.length, of: cases.length, examples };
};

const unless = ( isRight: boolean, wrong: string ): string | null => ( isRight ? null : wrong );

/** Compares message by message, recipient by recipient. Pure. */
export function compare( evening: Evening ): Row[] {
	const { sent, taken, entries, counts, gaps, inbox, unanswered, users, accounts } = evening;
	const told = Map.groupBy(
		entries.filter( ( { origin } ) => origin !== 'notice' ),
		( { recipient } ) => recipient ?? ''
	);
	const arrived = Map.groupBy( inbox, ( { subject } ) => subject );
	const wanted = sent.flatMap( ( mail ) => mail.recipients.map( ( recipient ) => ( { mail, recipient } ) ) );
	const isWanted = new Set( wanted.map( ( { recipient } ) => recipient ) );
	/** Each recipient that the log tells once. */
	const pairs = wanted.flatMap( ( one ) => {
		const [ entry, ...more ] = told.get( one.recipient ) ?? [];
		return entry && more.length === 0 ? [ { ...one, entry } ] : [];
	} );
	const ofEach = ( check: ( pair: ( typeof pairs )[ number ] ) => string | null ) =>
		pairs.map( ( pair ) => ( { what: pair.recipient, wrong: check( pair ) } ) );
	const bySendmail = pairs.filter( ( { mail } ) => mail.way === 'sendmail' );
	const bySmtp = pairs.filter( ( { mail } ) => mail.way === 'smtp' );
	const siteRow = ( expected: string, some: typeof pairs ) =>
		row(
			expected,
			some.map( ( { mail, recipient, entry } ) => ( {
				what: recipient,
				wrong: unless( entry.site === users[ mail.site ], `${ mail.site } sent it, told is ${ entry.site }` ),
			} ) )
		);
	const total = counts.reduce( ( sum, { messages } ) => sum + messages, 0 );
	return [
		row(
			'Each site’s wp_mail() was taken by the server',
			sent.map( ( { subject } ) => ( {
				what: subject,
				wrong: unless( taken.includes( subject ), 'not taken' ),
			} ) )
		),
		row(
			'The Mail Log tells each recipient once',
			wanted.map( ( { recipient } ) => {
				const times = told.get( recipient )?.length ?? 0;
				return { what: recipient, wrong: unless( times === 1, `${ times } times` ) };
			} )
		),
		row(
			'It tells of no other message of a site',
			[ ...told ].map( ( [ recipient, [ first ] ] ) => ( {
				what: recipient,
				wrong: unless( isWanted.has( recipient ) || isOwn( first ), `${ first?.origin } of ${ first?.site }` ),
			} ) )
		),
		row(
			'Recipients of one message have one queue id, and no other message has it',
			sent.map( ( { subject, recipients } ) => {
				const ids = new Set( recipients.map( ( one ) => told.get( one )?.[ 0 ]?.queueId ) );
				const [ id ] = ids;
				const all = entries.filter( ( { queueId } ) => queueId === id ).length;
				return {
					what: subject,
					wrong: unless( ids.size === 1 && all === recipients.length, `${ all } have ${ id }` ),
				};
			} )
		),
		row(
			'What became of it is what the provider did',
			ofEach( ( { recipient, entry: { outcome } } ) =>
				unless(
					outcome === fateOf( recipient )?.outcome,
					`${ outcome }, not ${ fateOf( recipient )?.outcome }`
				)
			)
		),
		row(
			'The cause is the provider’s reason',
			ofEach( ( { recipient, entry: { cause } } ) =>
				unless( cause === ( fateOf( recipient )?.cause ?? null ), `${ cause }` )
			)
		),
		row(
			'What was refused for now was tried again, and its tries are counted',
			ofEach( ( { recipient, entry: { tries } } ) =>
				unless( tries >= ( fateOf( recipient )?.triedAgain ? 2 : 1 ), `${ tries } tries` )
			)
		),
		row(
			'What is told as accepted is in the provider’s inbox once, nothing else is; twice only where its answer was lost',
			pairs.map( ( { mail, recipient, entry } ) => {
				const copies = ( arrived.get( mail.subject ) ?? [] ).filter( ( { to } ) =>
					to.includes( recipient )
				).length;
				const wants = entry.outcome === 'accepted' ? 1 : 0;
				const isRight = copies === wants || ( copies === wants + 1 && unanswered.includes( recipient ) );
				return { what: recipient, wrong: unless( isRight, `${ entry.outcome }, ${ copies } in the inbox` ) };
			} )
		),
		siteRow( 'The site is the Unix user that sent it: by mail()', bySendmail ),
		siteRow( 'The site is the Unix user that sent it: by SMTP', bySmtp ),
		row(
			'It leaves by the account of its site',
			sent.flatMap( ( { subject, site } ) =>
				( arrived.get( subject ) ?? [] ).map( ( { authUser } ) => ( {
					what: subject,
					wrong: unless( authUser === accounts[ site ], `${ site } by ${ authUser }` ),
				} ) )
			)
		),
		row(
			'The domain of From is the site’s',
			ofEach( ( { mail, entry } ) => unless( entry.fromDomain === mail.site, `${ entry.fromDomain }` ) )
		),
		row(
			'The way it came is told',
			ofEach( ( { mail, entry } ) => unless( entry.origin === mail.way, `${ entry.origin }` ) )
		),
		row(
			'Relay and TLS are told of what the provider answered',
			ofEach( ( { entry: { relay, tlsVersion } } ) =>
				unless( relay !== null && tlsVersion === 'TLSv1.3', `${ relay }, ${ tlsVersion }` )
			)
		),
		row( 'The counts of the day are the number of recipients in the log', [
			{
				what: 'all',
				wrong: unless( total === entries.length, `${ total } counted, ${ entries.length } in the log` ),
			},
		] ),
		row( 'Nothing is told as unknown', [ { what: 'gaps', wrong: unless( gaps === 0, `${ gaps } gaps` ) } ] ),
	];
}

/** Mail of the server itself, such as test emails and cron's own. */
const isOwn = ( entry: MailEntry | undefined ): boolean => entry?.site === 'root';
