import type { Concept } from './concept.ts';

/** What is said where mail is to be passed on. */
export const ofTheRelay = {
	denied: {
		cause: 'no_credential',
		// after the message it is said of its sender as often as of a missing sign-in
		means: 'it passes no mail on for those who have not signed in',
		says: [
			'not configured to relay',
			'(only relays?|relays? only)( mail| e.?mail| messages)? (for|from|to)',
			'relay(ing)?( access| attempt| request| mail| of mail| to this| to that| from this| from your| through this| for this)?( [a-z]+)?( [a-z]+)?( is| was| has been)? (denied|not permitted|not allowed|prohibited|disallowed|refused|forbidden|rejected|declined|blocked|restricted|disabled)',
			'(not|unable|unauthori[sz]ed|cannot|can.?t|not able|denied|no permission|refuse|refusing|refuses|not permitted|not allowed|not authori[sz]ed|disallowed|impossible|rejecting|denying)( to| as| permission to| unauthenticated| message| open| anonymous)* relay',
			'(no|not an?|we are not an?|this is not an?|third.?party|open) relay',
			'(do|does|will) not relay',
			'relay(ing)?( mail| access| service| through [a-z]+)?( is)?( only)? (for|only|available to|reserved|limited to|restricted to)_',
			'relay (not|denied|prohibited|disallowed|disabled)',
			'(that|the|this) domain is.?n.?t in my list of allowed rcpthosts',
			'rcpthosts',
			'not a gateway',
			'relais (non autorisé|refusé|interdit)',
			'relaying (nicht|verboten)',
		],
		unless: [
			'purchased',
			'dmarc',
			'spf_',
			'delivery restriction',
			'relay(ing)?( [a-z]+)?( [a-z]+)? as_',
			'(unconfigured|unregistered|unknown|unlisted)( [a-z]+)? (domain|sender)',
			'(not|un) ?verified',
			'verified (domain|sender)',
			'sender (is )?not (allowed|permitted|authori[sz]ed) to relay',
			'(sender|from|sending)( [a-z]+)? (domain|address) (is )?not authenticated',
			'registered (in|with|on)',
		],
		stages: [ 'EHLO', 'MAIL FROM', 'RCPT TO', 'DATA' ],
		passes: false,
	},
} satisfies Record< string, Concept >;
