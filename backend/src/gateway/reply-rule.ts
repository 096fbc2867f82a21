import type { Cause } from '@email-gateway/shared';

/** What one provider means by one of its replies. Every condition that a rule has must hold. */
export interface ReplyRule {
	/** Of providers.ts. */
	presets: readonly string[];
	cause: Cause;
	/** In the reply, from its code on; a code alone means different things at different providers. */
	reply: RegExp;
	/** Stages at which it counts; none: at any. */
	stage?: readonly string[];
	/** It counts only where the words tell no more than that the login failed. */
	bare?: true;
	/** A whole reply as the provider documents it or as it was seen: its test. */
	example: string;
	source: string;
}
