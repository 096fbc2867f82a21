import { presetOfServer, type Diagnosis } from '@email-gateway/shared';
import { parseReason } from './delivery-reason.ts';
import { readOtherClient } from './other-clients.ts';
import { ownWords, type OwnWords } from './own-words.ts';
import { otherWay, type Provider } from './route.ts';
import { readReply, readingOf, type Reading } from './reading/read-reply.ts';

/** What the mail log says of one try to deliver one message. */
export interface Attempt {
	/** `sent`, `deferred`, `bounced`, … */
	status: string;
	/** RFC 3463 code as logged; null where there is none. */
	dsn: string | null;
	/** `host[address]:port`; null where no connection was made. */
	relay: string | null;
	/** What stands in the brackets of the line. */
	reason: string;
	/** Which daemon says so. */
	service: string;
}

/** The message is in the queue, and nothing has been heard yet. */
export const noAnswerYet: Diagnosis = { cause: 'unknown', enhancedCode: null, reply: '', stage: null };

/** The same, and the provider has taken a connection without a word. */
export const noGreetingYet: Diagnosis = {
	...readingOf( { cause: 'greeting_timed_out' } ),
	...{ enhancedCode: null, reply: '', stage: 'greeting' },
};

/**
 * Names the cause of what became of a message. `contexts` are the lines that smtp(8) and tlsproxy(8) logged meanwhile
 * about connections; those of another relay are ignored. What the provider said is read by the lexicon (reading/), what
 * Postfix itself says by own-words.ts, and never blamed on the provider. What neither knows is `unknown`. A message that
 * took another way than to `provider` is told as that, whatever was said there.
 */
export function diagnose( attempt: Attempt, contexts: readonly string[], provider: Provider | null = null ): Diagnosis {
	const { status, dsn: enhancedCode, relay, reason } = attempt;
	const { stage, reply, said, host: named } = parseReason( reason );
	const way = otherWay( attempt, provider );
	if ( way !== null || status === 'sent' ) {
		const reading = way ? readingOf( { cause: way } ) : { cause: 'accepted' as const };
		return { ...reading, enhancedCode, reply: shown( reply ), stage };
	}
	const host = relay?.split( '[' )[ 0 ] ?? named ?? '';
	if ( said ) {
		const reading = readOtherClient( host, reply ) ?? readReply( { host, stage, reply } );
		return { ...reading, enhancedCode, reply: shown( reply ), stage };
	}
	const { telling, ...reading } = readOwnWords( { host, stage, reply, relay, about: linesAbout( relay, contexts ) } );
	return { ...reading, enhancedCode, reply: shown( telling ?? reply ), stage };
}

// `[address]:port`, since tlsproxy(8) does not know the host's name; a daemon that could not start names no relay
function linesAbout( relay: string | null, contexts: readonly string[] ): readonly string[] {
	const place = relay === null ? null : relay.slice( relay.indexOf( '[' ) );
	return contexts.filter(
		( line ) => place === null || line.includes( place ) || ! /\[[\da-f.:]+\]:\d/i.test( line )
	);
}

interface Heard {
	host: string;
	stage: string | null;
	reply: string;
	relay: string | null;
	about: readonly string[];
}

/** `telling`: the line that says it better than the reply does. */
export function readOwnWords( heard: Heard ): Reading & { telling?: string | undefined } {
	// a daemon passes on what it was told, as a pipe does
	const other = readOtherClient( heard.host, heard.reply );
	if ( other ) {
		return other;
	}
	const row = ownWords.find( ( candidate ) => fits( candidate, heard ) );
	if ( ! row ) {
		return readReply( heard );
	}
	return { ...readingOf( row ), telling: row.context && heard.about.find( ( line ) => row.context?.test( line ) ) };
}

function fits( row: OwnWords, { host, stage, reply, relay, about }: Heard ): boolean {
	return (
		( row.stage === undefined || ( stage !== null && row.stage.includes( stage ) ) ) &&
		( row.reply === undefined || row.reply.test( reply ) ) &&
		( row.relay === undefined || row.relay.test( relay ?? '' ) ) &&
		( row.context === undefined || about.some( ( line ) => row.context?.test( line ) ) ) &&
		( ! row.publicAuthority || presetOfServer( host ) !== null )
	);
}

// half a character at the end is none: no database takes it
const shown = ( text: string ) => text.slice( 0, 512 ).toWellFormed();
