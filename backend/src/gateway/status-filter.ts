import type { Concept, Stage } from './reading/concept.ts';
import { lexicon } from './reading/lexicon.ts';
import { matters, staysInQueue } from './reading/matters.ts';
import { isPortable, toPosix } from './reading/pattern.ts';

/**
 * The table of `smtp_delivery_status_filter`: which refusals keep a message in the queue (5.x.x becomes 4.x.x), and of
 * which its sender is told at once. What waiting ends by itself is 4.x.x already and is left alone.
 */
export function renderStatusFilter(): string {
	return `${ [ ...head, '', ...askedOf.flatMap( rule ), ...withoutEvidence ].join( '\n' ) }\n`;
}

const afterSignIn: readonly Stage[] = [ 'MAIL FROM', 'RCPT TO', 'DATA', 'end of DATA' ];

/**
 * The rules that can fit where it is asked: a refusal for good, with a message on its way. Each smtp(8) reads the table as
 * it starts, and a pattern that never fits would cost it as much as another.
 */
export const askedOf: readonly Concept[] = lexicon.filter(
	( { says, code, stages } ) =>
		( says === undefined || says.some( isPortable ) ) &&
		! code?.startsWith( '4' ) &&
		( stages === undefined || stages.some( ( stage ) => afterSignIn.includes( stage ) ) )
);

const head = [
	'# What waits, and what comes back at once: written by Email Gateway, regexp_table(5).',
	'# Postfix asks with "5.4.5 host NAME[ADDRESS] said: 550 5.4.5 WORDS (in reply to end of DATA command)".',
	'# The first rule that fits counts. 4.x.x keeps the message in the queue, 5.x.x gives it back.',
	'# [^a-z]+ between words is whatever has no letters: spaces, punctuation, the codes of further lines.',
	'',
	'# success, and what waits anyway, stays as it is',
	'/^([24].*)$/ $1',
	'',
	'# nothing was said of a message yet: it waits',
	'/^5(.* refused to talk to me: .*)$/ 4$1',
	'/^5(.* refused to start TLS: .*)$/ 4$1',
	'/^5(.*[(]in reply to AUTH command[)])$/ 4$1',
	'',
	'# Postfix itself speaks, of this server or of the way to the provider: it waits',
	'if !/ said: /',
	'/^5(.*(loops back to myself|host not found|name service error|unable to look up host|server certificate|TLS is required).*)$/ 4$1',
	'# any other word of its own is about the message: it comes back',
	'/^(5.*)$/ $1',
	'endif',
];

const withoutEvidence = [
	'# No words and no code that are known. Before the recipient is named nothing speaks against the message,',
	'# and after it was read a refusal may be about the account: it waits, so that it can be saved.',
	'/^5(.*[(]in reply to (MAIL FROM|DATA|end of DATA) command[)])$/ 4$1',
	'',
	'# What is refused at a recipient is mostly the recipient: it comes back.',
	'/^(5.*)$/ $1',
];

/** One of these is in what was said, and not in what Postfix adds: that has MAIL FROM and DATA in it. */
const inReply = ( phrases: readonly string[] ) =>
	`/ said: .*[^a-z](${ phrases.filter( isPortable ).map( toPosix ).join( '|' ) }).*[(]in reply to /`;

/** A pattern for each word costs smtp(8) more to compile, and one of many words does too: regcomp(3) takes the square. */
const longestPart = 4_000;

function inParts( phrases: readonly string[] ): string[][] {
	const parts: string[][] = [];
	let room = 0;
	for ( const phrase of phrases ) {
		const { length } = toPosix( phrase );
		if ( length > room ) {
			parts.push( [] );
			room = longestPart;
		}
		parts.at( -1 )?.push( phrase );
		room -= length;
	}
	return parts;
}

function rule( concept: Concept ): string[] {
	const { cause, means, says = [], and = [], unless = [], code, enhanced, stages } = concept;
	const { whose, waits } = { ...matters[ cause ], ...concept };
	const stays = staysInQueue( { whose, waits: waits ?? matters[ cause ].waits } );
	const result = stays ? '4$1' : '5$1';
	const words = says.filter( isPortable );
	// each is a condition of its own, for a table has no "and"
	const conditions = [
		...( stages
			? [
					`if /[(]in reply to (${ stages
						.filter( ( stage ) => afterSignIn.includes( stage ) )
						.join( '|' ) }) command[)]$/`,
			  ]
			: [] ),
		...( code ? [ `if / said: ${ code }/` ] : [] ),
		...( and.length > 0 ? [ `if ${ inReply( and ) }` ] : [] ),
		...( unless.length > 0 ? [ `if !${ inReply( unless ) }` ] : [] ),
	];
	const rules =
		says.length > 0
			? inParts( words ).flatMap( ( part ) => [ `if ${ inReply( part ) }`, `/^5(.*)$/ ${ result }`, 'endif' ] )
			: [ enhanced ? `/^5([.]${ enhanced } .*)$/ ${ result }` : `/^5(.*)$/ ${ result }` ];
	return [
		`# ${ whose }: ${ means.replaceAll( '’', "'" ) } (${ stays ? 'waits' : 'comes back' })`,
		...conditions,
		...rules,
		...conditions.map( () => 'endif' ),
		'',
	];
}
