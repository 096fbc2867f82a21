import type { WaitingReason } from '@email-gateway/shared';

const short = /too (many|fast)|\b(hour(ly)?|minute|second|rate)\b|rate.?limit|throttl/i;
const long = /\bda(ys?|ily)\b|24.?h|month|credit/i;

/** False for a limit that the provider's words give a shorter time than a day: that is throttling, which ends by waiting. Pure. */
export const isOfDay = ( { cause, reply }: Pick< WaitingReason, 'cause' | 'reply' > ): boolean =>
	cause !== 'quota_exceeded' || ! short.test( reply ) || long.test( reply );
