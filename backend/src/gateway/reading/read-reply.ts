import type { Cause, Whose } from '@email-gateway/shared';
import { replyRuleFor } from '../reply-rules.ts';
import type { Concept, Stage } from './concept.ts';
import { lexicon } from './lexicon.ts';
import { matters } from './matters.ts';
import { codesOf, normalise, withoutLinks, type Codes } from './normalise.ts';
import { toRegExp } from './pattern.ts';

export interface Said {
	/** The name of the server that said it. */
	host: string;
	/** What the server calls itself in its greeting, where that was heard; null where it gave no name. */
	banner?: string | null | undefined;
	stage: string | null;
	reply: string;
}

export interface Reading {
	cause: Cause;
	/** Null where nothing tells. */
	whose: Whose | null;
	/** Whether waiting alone can help; null where nothing tells. */
	passes: boolean | null;
}

/**
 * What a provider's reply means. The order is that of the evidence: what this provider means by words that tell nothing
 * by themselves, words that many use, codes, and last what this provider means by a bare refusal. The stage decides
 * between two meanings and is never a meaning. Without evidence nothing is guessed: `unknown`.
 */
export function readReply( { host, banner, stage, reply }: Said ): Reading {
	const rule = replyRuleFor( { host, banner, stage, reply } );
	if ( rule && ! rule.bare ) {
		return readingOf( rule );
	}
	const codes = codesOf( reply );
	const text = normalise( reply );
	const at = stage ?? likelyStage( codes, text );
	if ( codes.code === null && ( stage === 'greeting' || stage === 'EHLO' ) ) {
		return readingOf( { cause: 'not_smtp' } );
	}
	const found =
		find( inWords, { stage: at, text: withoutLinks( text ), codes } ) ??
		find( compiled, { stage: at, text, codes } );
	if (
		rule &&
		( ! found || matters[ found.cause ].whose === 'login' || found.cause === 'temporary_login_failure' )
	) {
		return readingOf( rule );
	}
	const isOneWitness = codes.code === null && stage === null;
	return found && ! ( isOneWitness && wantsTwoWitnesses.includes( found.cause ) )
		? permanent( readingOf( found ), text, codes )
		: permanent( unknown( codes ), text, codes );
}

const find = ( concepts: readonly Compiled[], said: Heard ) =>
	concepts.find( ( concept ) => fits( concept, said ) )?.concept;

/** Where a log does not tell the stage, some codes belong to one only. */
function likelyStage( { code, enhanced }: Codes, text: string ): Stage {
	if ( code === null && /authenticat|log.?in|password|credential/i.test( text ) ) {
		return 'AUTH';
	}
	if ( /^5(3[458]|2[56])$/.test( code ?? '' ) || /^7\.(8|9)$/.test( enhanced ?? '' ) ) {
		return 'AUTH';
	}
	return /^[12]\./.test( enhanced ?? '' ) || /\brelay/i.test( text ) ? 'RCPT TO' : 'end of DATA';
}

export function readingOf( { cause, whose, passes }: Pick< Concept, 'cause' | 'whose' | 'passes' > ): Reading {
	const usual = matters[ cause ];
	return { cause, whose: whose ?? usual.whose, passes: passes ?? usual.passes };
}

const unknown = ( { code }: Codes ): Reading => ( {
	...{ cause: 'unknown', whose: null },
	passes: code === null ? null : code.startsWith( '4' ),
} );

/** They make a person change what may be right: words alone, without a code or a stage, are not enough for them. */
const wantsTwoWitnesses: readonly Cause[] = [ 'wrong_credentials', 'sender_refused', 'identity_not_verified' ];

const never = toRegExp( [ 'permanently', 'will not succeed', 'do not (retry|try again)', 'don.t retry' ] );

const forNow = toRegExp( [
	'temporar[a-z]+',
	'at the moment',
	'for now',
	'(try|retry|come|resend)( it| again| back)* (again|later|back)',
] );

/** Who judges a recipient or a sender's name may judge otherwise later, and says so; others mean only that they ask again. */
const mayChange = ( { cause, whose }: Reading, { code }: Codes ) =>
	code?.startsWith( '4' ) && ( whose === 'recipient' || whose === 'receiver' || cause === 'sender_domain_not_found' );

function permanent( reading: Reading, text: string, codes: Codes ): Reading {
	if ( never.test( text ) ) {
		return { ...reading, passes: false };
	}
	return mayChange( reading, codes ) && forNow.test( text ) ? { ...reading, passes: true } : reading;
}

interface Heard {
	stage: string | null;
	text: string;
	codes: Codes;
}

interface Compiled {
	concept: Concept;
	says: RegExp | null;
	and: RegExp | null;
	unless: RegExp | null;
	code: RegExp | null;
	enhanced: RegExp | null;
}

const words = ( phrases: readonly string[] = [] ) => ( phrases.length > 0 ? toRegExp( phrases ) : null );
const exactly = ( pattern: string | undefined ) => ( pattern === undefined ? null : new RegExp( `^${ pattern }$` ) );

const compiled: readonly Compiled[] = lexicon.map( ( concept ) => ( {
	concept,
	says: words( concept.says ),
	and: words( concept.and ),
	unless: words( concept.unless ),
	code: exactly( concept.code ),
	enhanced: exactly( concept.enhanced ),
} ) );

/** Without the codes that are asked where words tell nothing. */
const inWords = compiled.slice( 0, compiled.findLastIndex( ( { says } ) => says !== null ) + 1 );

function fits( { concept, says, and, unless, code, enhanced }: Compiled, { stage, text, codes }: Heard ): boolean {
	return (
		( concept.stages === undefined || concept.stages.some( ( one ) => one === stage ) ) &&
		( code === null || ( codes.code === null ? says !== null : code.test( codes.code ) ) ) &&
		( enhanced === null || enhanced.test( codes.enhanced ?? '' ) ) &&
		( says === null || says.test( text ) ) &&
		( and === null || and.test( text ) ) &&
		( unless === null || ! unless.test( text ) )
	);
}
