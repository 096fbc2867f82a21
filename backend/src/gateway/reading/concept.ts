import type { Cause, Whose } from '@email-gateway/shared';

/** Where in the conversation something was said. */
export type Stage = 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL FROM' | 'RCPT TO' | 'DATA' | 'end of DATA';

/** One thing that mail servers say, in every way in which it is said. Names no provider. */
export interface Concept {
	cause: Cause;
	/** Whose matter it is, where that is another than the cause's usual one. */
	whose?: Whose;
	/** In plain words: the comment above the rule of the table, and in docs/diagnoses.md. */
	means: string;
	/** One of these phrases is in the reply (see pattern.ts). */
	says?: readonly string[];
	/** And one of these. */
	and?: readonly string[];
	/** And none of these. */
	unless?: readonly string[];
	/** Reply codes, as a portable pattern of three digits: `53[45]`. */
	code?: string;
	/** RFC 3463 code without its class, as a portable pattern: `1[.][123]`. */
	enhanced?: string;
	/** Stages at which it counts; none: at any. */
	stages?: readonly Stage[];
	/** Whether waiting alone can help, where that is something else than for the cause. */
	passes?: boolean;
	/** Whether the message stays in the queue, where that is something else than for whose matter it is. */
	waits?: boolean;
}

/** At these the provider has not heard whom the message is for, or what it says. */
export const beforeRecipient: readonly Stage[] = [ 'greeting', 'EHLO', 'STARTTLS', 'AUTH', 'MAIL FROM' ];
