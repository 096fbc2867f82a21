import { providerBehind } from './providers.ts';
import { bigMailboxRules } from './reply-rules-big-mailboxes.ts';
import { mailboxRules } from './reply-rules-mailboxes.ts';
import type { ReplyRule } from './reply-rule.ts';
import { otherRules } from './reply-rules-others.ts';
import { relayRules } from './reply-rules-relays.ts';

/** Read from above, the first that fits counts: the narrower rule of a provider stands before the wider. */
export const replyRules: readonly ReplyRule[] = [ ...bigMailboxRules, ...mailboxRules, ...relayRules, ...otherRules ];

/** The rule that explains a provider's reply; undefined where none is known, so that nothing is guessed. */
export function replyRuleFor( {
	host,
	banner,
	stage,
	reply,
}: {
	host: string;
	banner?: string | null | undefined;
	stage: string | null;
	reply: string;
} ): ReplyRule | undefined {
	const ids = providerBehind( host, banner ?? '' );
	return replyRules.find(
		( rule ) =>
			rule.presets.some( ( id ) => ids.includes( id ) ) &&
			( rule.stage === undefined || ( stage !== null && rule.stage.includes( stage ) ) ) &&
			rule.reply.test( reply )
	);
}
