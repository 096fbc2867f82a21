import { readFileSync } from 'node:fs';
import { logGrammar } from '../gateway/log-grammar.ts';

/** What facts and changes both know of a server; changes nothing. */
const reading = [ 'packages', 'service', 'queue', 'configuration', 'closed-doors' ];
/** What a detached run is made of. */
export const changing: readonly string[] = [
	...[ ...reading, 'lock', 'take-lock', 'runs', 'report', 'words', 'disk', 'apt', 'removable', 'postfix-service' ],
	...[ 'save-queue', 'rights', 'give-rights', 'package-configuration', 'snapshot' ],
	...[ 'restore-files', 'restore-packages', 'caps', 'close-doors', 'restore', 'rehearse' ],
];

/** Which functions of `lib/` a program has before its own. */
const parts = {
	facts: [
		...reading,
		'oldest',
		'over',
		'senders',
		'sandbox-queue',
		'side-doors',
		'lock',
		'runs',
		'rights',
		'php',
		'sites',
		'mail-log',
	],
	'mail-log': [ 'mail-log' ],
	'site-queue': [ 'queue', 'mail-log', 'over', 'senders' ],
	'sandbox-queue': [ 'queue', 'mail-log', 'over', 'senders', 'sandbox-queue' ],
	start: [ 'lock', 'take-lock', 'runs' ],
	cancel: [],
	tidy: [ 'lock', 'take-lock', 'runs' ],
	apply: [
		...changing,
		...[ 'refuse-server', 'install-packages', 'write-configuration', 'start-service', 'verify' ],
		...[ 'replaced-files', 'commit' ],
	],
	remove: changing,
	'before-dpkg': [ 'packages' ],
	'former-mail': [],
	flush: [ 'queue', 'log-grammar', 'logins' ],
	'read-queue': [],
	'change-queue': [ 'logins' ],
	prove: [ 'log-grammar', 'logins' ],
} satisfies Record< string, readonly string[] >;

export type ProgramName = keyof typeof parts;

/** The header, the functions of `names`, and what of `own` comes after them, as they are sent: comments stay here. */
export const composed = ( names: readonly string[], own = '' ): string =>
	[ ...[ 'header', ...names ].map( ( name ) => read( `lib/${ name }` ) ), own ]
		.join( '\n' )
		.replace( /^[\t ]*#.*\n/gm, '' )
		.replace( /@(head|queueId|putOff)@/g, ( _, name: keyof typeof logGrammar ) => logGrammar[ name ] );

const program = ( name: ProgramName ) => composed( parts[ name ], read( name ) );

/** A program with everything but its last line, which calls `main`: for tests of its functions. */
export const functionsOf = ( name: ProgramName ): string => program( name ).replace( /^main( "\$@")?\n$/m, '' );

function read( name: string ): string {
	return readFileSync( new URL( `./${ name }.sh`, import.meta.url ), 'utf8' );
}

/** The programs that run on servers: constant text, what varies is on their standard input. */
export const programs = {
	facts: program( 'facts' ),
	'mail-log': program( 'mail-log' ),
	siteQueue: program( 'site-queue' ),
	sandboxQueue: program( 'sandbox-queue' ),
	start: program( 'start' ),
	cancel: program( 'cancel' ),
	tidy: program( 'tidy' ),
	/** Run detached by start. */
	apply: program( 'apply' ),
	remove: program( 'remove' ),
	/** Run by apt in the middle of an apply. */
	beforeDpkg: program( 'before-dpkg' ),
	formerMail: program( 'former-mail' ),
	flush: program( 'flush' ),
	readQueue: program( 'read-queue' ),
	changeQueue: program( 'change-queue' ),
	prove: program( 'prove' ),
};
