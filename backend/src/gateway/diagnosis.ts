import type { Cause, Diagnosis } from '@email-gateway/shared';
import { parseReason } from './delivery-reason.ts';
import { rows, type Row } from './diagnosis-rows.ts';
import { replyRuleFor } from './reply-rules.ts';

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

/**
 * Names the cause of what became of a message. `contexts` are the lines that smtp(8) and tlsproxy(8) logged meanwhile
 * about connections; those of another relay are ignored. What this provider means by its reply (reply-rules.ts) counts
 * before what everybody means by it (diagnosis-rows.ts). What neither knows is `unknown`, with the raw reply.
 */
export function diagnose( { status, dsn, relay, reason, service }: Attempt, contexts: readonly string[] ): Diagnosis {
	const { stage, reply, said } = parseReason( reason );
	const enhancedCode = dsn;
	if ( status === 'sent' ) {
		return { cause: service === 'smtp' ? 'accepted' : 'unknown', enhancedCode, reply: shown( reply ), stage };
	}
	// `[address]:port`, since tlsproxy(8) does not know the host's name
	const place = relay === null ? null : relay.slice( relay.indexOf( '[' ) );
	const about = contexts.filter( ( line ) => place === null || line.includes( place ) );
	const host = relay?.split( '[' )[ 0 ] ?? '';
	const { cause, telling } = recognise( { host, stage, reply, said, about } );
	return { cause, enhancedCode, reply: shown( telling ?? reply ), stage };
}

/** The cause of what a provider itself said, at preflight as in a log: one engine reads both. */
export const causeOfReply = ( { host, stage, reply }: { host: string; stage: string | null; reply: string } ): Cause =>
	recognise( { host, stage, reply, said: true, about: [] } ).cause;

/** `telling`: the line that says it better than the reply does. */
function recognise( found: Found & { host: string } ): { cause: Cause; telling?: string | undefined } {
	const { host, stage, reply, said, about } = found;
	const rule = said ? replyRuleFor( { host, stage, reply } ) : undefined;
	if ( rule ) {
		return { cause: rule.cause };
	}
	const row = rows.find( ( candidate ) => fits( candidate, found ) );
	const telling = row?.context && about.find( ( line ) => row.context?.test( line ) );
	return { cause: row?.cause ?? 'unknown', telling };
}

interface Found {
	stage: string | null;
	reply: string;
	said: boolean;
	about: readonly string[];
}

function fits( row: Row, { stage, reply, said, about }: Found ): boolean {
	return (
		( row.stage === undefined || ( stage !== null && row.stage.includes( stage ) ) ) &&
		( row.said === undefined || row.said === said ) &&
		( row.reply === undefined || row.reply.test( reply ) ) &&
		( row.context === undefined || about.some( ( line ) => row.context?.test( line ) ) )
	);
}

// half a character at the end is none: no database takes it
const shown = ( text: string ) => text.slice( 0, 512 ).toWellFormed();
