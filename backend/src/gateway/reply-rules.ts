import { presetOfServer, type Cause } from '@email-gateway/shared';
import { bigMailboxRules } from './reply-rules-big-mailboxes.ts';
import { mailboxRules } from './reply-rules-mailboxes.ts';
import { relayRules } from './reply-rules-relays.ts';

/** What one provider means by one of its replies. Every condition that a rule has must hold. */
export interface ReplyRule {
	/** Presets (shared/src/presets.ts) of the provider. */
	presets: readonly string[];
	cause: Cause;
	/** In the reply, from its code on; a code alone means different things at different providers. */
	reply: RegExp;
	/** Stages at which it counts; none: at any. */
	stage?: readonly string[];
	/** A whole reply as the provider documents it or as it was seen: its test. */
	example: string;
	source: string;
}

/** Read from above, the first that fits counts: the narrower rule of a provider stands before the wider. */
export const replyRules: readonly ReplyRule[] = [ ...bigMailboxRules, ...mailboxRules, ...relayRules ];

/** The rule that explains a provider's reply; undefined where none is known, so that nothing is guessed. */
export function replyRuleFor( {
	host,
	stage,
	reply,
}: {
	host: string;
	stage: string | null;
	reply: string;
} ): ReplyRule | undefined {
	const preset = presetOfServer( host );
	return preset
		? replyRules.find(
				( rule ) =>
					rule.presets.includes( preset.id ) &&
					( rule.stage === undefined || ( stage !== null && rule.stage.includes( stage ) ) ) &&
					rule.reply.test( reply )
		  )
		: undefined;
}
