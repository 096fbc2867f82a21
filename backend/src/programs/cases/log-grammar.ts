// Only for tests
import type { Case, Cases } from './case.ts';

const head = 'Nov 23 22:41:21 s1 postfix';

/** Lines of Postfix's log, and what awk on a server and TypeScript here read in them: `service|queue id|text`. */
export const logLines: readonly [ name: string, line: string, read: string ][] = [
	[ 'a long queue id', `${ head }/smtp[3]: 4jYLX11vlMznnrD: removed`, 'smtp|4jYLX11vlMznnrD|removed' ],
	[ 'a short queue id', `${ head }/qmgr[3]: 9F1A2B3C4D: removed`, 'qmgr|9F1A2B3C4D|removed' ],
	[ 'a short id of six', `${ head }/qmgr[3]: 9F1A2B: removed`, 'qmgr|9F1A2B|removed' ],
	[ 'five characters are no id', `${ head }/qmgr[3]: 9F1A2: x`, 'qmgr||9F1A2: x' ],
	[ 'a word with vowels is no id', `${ head }/smtp[3]: warning: x`, 'smtp||warning: x' ],
	[ 'a statistic is no id', `${ head }/smtp[3]: statistics: max`, 'smtp||statistics: max' ],
	[
		'a word of digits and small letters with a vowel is no id',
		`${ head }/smtp[3]: connect: to`,
		'smtp||connect: to',
	],
	[ 'lower case hexadecimal is no short id', `${ head }/smtp[3]: 9f1a2b: x`, 'smtp||9f1a2b: x' ],
	[ 'another instance', `${ head }-out/smtp[3]: 9F1A2B: removed`, 'smtp|9F1A2B|removed' ],
	[ 'a submission service', `${ head }/submission/smtpd[3]: 9F1A2B: client=x`, 'smtpd|9F1A2B|client=x' ],
	[ 'an ISO time', '2026-11-30T17:00:00.000000+00:00 s1 postfix/smtp[3]: 9F1A2B: x', 'smtp|9F1A2B|x' ],
	[
		'a head in the text is text',
		`${ head }/cleanup[2]: 9F1A2B: message-id=< postfix/smtp[1]: 8E1A2B: x>`,
		'cleanup|9F1A2B|message-id=< postfix/smtp[1]: 8E1A2B: x>',
	],
	[ 'another program', 'Nov 23 22:41:21 s1 sshd[3]: postfix/smtp[3]: 9F1A2B: x', '' ],
	[ 'a daemon without a number', `${ head }/smtp: 9F1A2B: x`, '' ],
	[ 'an empty line', '', '' ],
];

const read = `awk "$log_awk"'is_postfix() { printf "%s|%s|%s", service, id, said }'`;
const delivery = ( more: string ) => `${ head }/smtp[3]: 9F1A2B: ${ more }\n`;
const told = ( name: string, line: string, wanted: string ): Case => ( {
	name,
	stdin: delivery( line ),
	run: `awk "$log_awk"'is_postfix() { printf "%s|%s|%s%s%s", status(), reason(), is_for("you@b.test") ? "for you" : "", is_put_off() ? " put off" : "", is_cached() ? " cached" : "" }'`,
	prints: wanted,
} );

export const logGrammar: Cases = {
	of: [ 'log-grammar' ],
	cases: [
		...logLines.map( ( [ name, line, prints ] ) => ( {
			name: `${ name } is read by awk`,
			stdin: `${ line }\n`,
			run: read,
			prints,
		} ) ),
		told( 'a delivery to you is yours', 'to=<you@b.test>, relay=x, status=sent (250 ok)', 'sent|250 ok)|for you' ),
		told(
			'a delivery to whom you were mapped to is yours',
			'to=<me@c.test>, orig_to=<you@b.test>, status=sent (250 ok)',
			'sent|250 ok)|for you'
		),
		told(
			'a delivery to another is not yours',
			'to=<not-you@b.test>, relay=x, status=sent (250 ok)',
			'sent|250 ok)|'
		),
		told(
			'a reply with your address in it is not yours',
			'to=<a@b.test>, status=bounced (no, to=<you@b.test>, )',
			'bounced|no, to=<you@b.test>, )|'
		),
		told(
			'the first status counts',
			'to=<you@b.test>, status=deferred (host said: status=sent (250 ok))',
			'deferred|host said: status=sent (250 ok))|for you'
		),
		told( 'a line without a status has none', 'from=<you@b.test>, size=300, nrcpt=1 (queue active)', '||' ),
		told(
			'what Postfix put off was asked of nobody',
			'to=<you@b.test>, status=deferred (delivery temporarily suspended: connect to x)',
			'deferred|delivery temporarily suspended: connect to x)|for you put off'
		),
		told(
			'a refused login that Postfix remembers is cached',
			'to=<you@b.test>, status=deferred (SASL [CACHED] authentication failed; no)',
			'deferred|SASL [CACHED] authentication failed; no)|for you cached'
		),
		told(
			'a login that was refused before is cached, where the message was put off for it',
			'to=<you@b.test>, status=deferred (delivery temporarily suspended: SASL authentication failed; no)',
			'deferred|delivery temporarily suspended: SASL authentication failed; no)|for you put off cached'
		),
		told(
			'a login that is refused now is an answer',
			'to=<you@b.test>, status=deferred (SASL authentication failed; no)',
			'deferred|SASL authentication failed; no)|for you'
		),
		told(
			'words of a provider that speaks of suspension are an answer',
			'to=<you@b.test>, status=deferred (host x said: 450 delivery temporarily suspended: y)',
			'deferred|host x said: 450 delivery temporarily suspended: y)|for you'
		),
	],
};
