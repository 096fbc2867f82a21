import type { Concept, Stage } from './concept.ts';

const atRecipient: readonly Stage[] = [ 'RCPT TO', 'DATA', 'end of DATA' ];

/** Why a recipient that exists gets no mail. */
export const ofTheMailbox = {
	restricted: {
		cause: 'recipient_restricted',
		means: 'it takes mail of its own organisation, or of listed senders, only',
		says: [
			'not authenticated when sending to',
			'sender ?not ?authenticated ?for',
			'only accepts( mail| messages)?( from)? (invited|listed|known|approved|internal)',
			'(blocks|refuses|rejects|turns away|takes no|accepts no|accepts only)( all| any)? (mail|messages?|e.?mails?) from( the)? (outside|external|strangers|unknown|other|within|inside|the same|its own)',
			'delivery restriction',
			'(only|restricted to|allowed) (internal|authenticated|members|subscribers|authori[sz]ed senders|senders inside)',
			'(does not|doesn.t|not|don.t) (accept|receive|allow|accepting|permit)( [a-z]+)?( [a-z]+)? (external|outside|internet|from (outside|external|unknown|you|this sender|unauthori[sz]ed))',
			'(not (allowed|permitted|authori[sz]ed)|no permission|permission)( to)? (send|post|mail|write|sending|submit)[a-z]*( [a-z]+)? to (this|the|that|group|list|recipient|[^ ]*@)',
			'mail to this (user|address|recipient|mailbox|group|account)( [a-z]+)? (is )?(not|restricted|forbidden|prohibited|denied|blocked)',
			'(members|subscribers).only',
			'not (a )?(member|subscrib)[a-z]*',
			'recipient( only)? accepts? (only|mail)',
			'allowed senders?( list)?',
			'not pre.?approved',
			'restricted (address|recipient|group|mailbox)',
			'resolver[.]rst',
			'(recipient|user|mailbox owner|addressee|owner|account|contact)( has| have)* (blocked|rejected|refused|banned) (the sender|you|this sender|mail from you|messages? from you)_',
			'(blocked|rejected|refused) by (the )?(recipient|user|addressee)',
			'internal (use )?only',
			'(does not|doesn.t|do not) (wish|want) to receive',
		],
		unless: [ 'forwarding', 'your organi[sz]ation does' ],
		stages: atRecipient,
		passes: false,
	},
	suppressed: {
		cause: 'recipient_suppressed',
		means: 'it is on the provider’s list of addresses that get no mail (bounced before, complained, unsubscribed)',
		says: [
			'addresses that bounced',
			'suppress(ed|ion)',
			'(marked as|been marked) inactive',
			'(address|addresses|recipients?|contacts?)( [^ ]+)? (is|are) inactive',
			'inactive (recipient|address|addresses|recipients)',
			'(recipient|address|user|e.?mail|contact|they)( [^ ]+)?( has| is| have| was)* (unsubscribed|opted out|complained|previously bounced|hard.?bounced|bounced (before|previously|too|recently|in the past))',
			'unsubscribed',
			'(previously|already|recently|has|have|hard)[ -]?bounced?( too| previously| before| address)',
			'(bounce|do not (mail|contact|send)|unsubscribe|suppression|complaint|drop|opt.?out|global)[ -]?list',
			'hard.?bounce',
			'recipient (is )?(on|in) (the|our|your) (black|block|suppress|bounce|deny)',
		],
		unless: [
			'sending (is |has been |was )?(blocked|paused|suspended|disabled)',
			'bounce rate',
			'your account( [a-z]+)? (is|has|was|must)_',
		],
		stages: atRecipient,
		passes: false,
	},
	rate: {
		cause: 'recipient_too_fast',
		means: 'it gets more mail than it may at the moment',
		says: [
			'recipient (has )?exceeded[^.]* rate',
			'receiving mail (at a rate|too)',
			'mailbox (is )?(busy|in use)',
			'(recipient|user|mailbox|account)[^.]* (receiving|received|getting)[^.]* (rate|too (many|much|quickly|fast))',
			'too many (messages|mails|e.?mails) (for|to) (this|that|the) (recipient|user|mailbox|address)',
		],
		stages: atRecipient,
		passes: true,
	},
} satisfies Record< string, Concept >;
