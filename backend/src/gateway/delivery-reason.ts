import { logGrammar } from './log-grammar.ts';

/** What stands in the brackets of a delivery line, taken apart. */
export interface Reason {
	/**
	 * The SMTP stage at which it went wrong: `greeting`, `EHLO`, `STARTTLS`, `AUTH`, `MAIL FROM`, `RCPT TO`, `DATA`,
	 * `end of DATA`; null where the log tells none.
	 */
	stage: string | null;
	/** The provider's reply where it gave one, else Postfix's own words. */
	reply: string;
	/** Whether the reply is the provider's. */
	said: boolean;
	/** The provider's server, where the text names it. */
	host: string | null;
}

const host = '(?<host>[^\\s[]+)';
const peer = `${ host }\\[[^\\]]*\\]`;

/** The shapes in which Postfix wraps what happened, the first that fits. The last group of each is the reply. */
const shapes: readonly { pattern: RegExp; stage?: string }[] = [
	{
		pattern: new RegExp( `^SASL authentication failed; server ${ peer } said: (?<reply>.*)$`, 's' ),
		stage: 'AUTH',
	},
	{
		// the answer of an earlier try, so that a dead login does not storm the provider; it names no address
		pattern: new RegExp( `^SASL \\[CACHED\\] authentication failed; server ${ host } said: (?<reply>.*)$`, 's' ),
		stage: 'AUTH',
	},
	{ pattern: new RegExp( `^SASL (\\[CACHED\\] )?authentication failed[:;] `, 's' ), stage: 'AUTH' },
	{ pattern: new RegExp( `^host ${ peer } refused to talk to me: (?<reply>.*)$`, 's' ), stage: 'greeting' },
	{
		pattern: new RegExp( `^TLS is required, but host ${ peer } refused to start TLS: (?<reply>.*)$`, 's' ),
		stage: 'STARTTLS',
	},
	{ pattern: /^(TLS is required|Cannot start TLS|Server certificate)/, stage: 'STARTTLS' },
	{
		pattern: new RegExp(
			`^host ${ peer } said: (?<reply>.*) \\(in reply to (?<stage>[A-Za-z ]+) command\\)?$`,
			's'
		),
	},
	{ pattern: new RegExp( `^host ${ peer } said: (?<reply>.*)$`, 's' ) },
	{
		pattern: /^(lost connection|conversation) with \S+ (timed out )?while receiving the initial server greeting$/,
		stage: 'greeting',
	},
	{
		pattern: /^(lost connection|conversation) with \S+ (timed out )?while performing the \w+ handshake$/,
		stage: 'EHLO',
	},
	{
		pattern:
			/^(lost connection|conversation) with \S+ (timed out )?while sending (?<stage>end of data|MAIL FROM|RCPT TO|DATA command|message body)/,
	},
];

/** Reads the text in the brackets of a delivery line. */
export function parseReason( text: string ): Reason {
	// what qmgr says for messages that it does not try because an earlier one met a fault
	const reason = text.startsWith( logGrammar.putOff ) ? text.slice( logGrammar.putOff.length ) : text;
	for ( const { pattern, stage } of shapes ) {
		const groups = pattern.exec( reason );
		if ( groups ) {
			const { reply, stage: named, host = null } = groups.groups ?? {};
			return {
				stage: named ? stageNames[ named ] ?? named : stage ?? null,
				reply: reply ?? reason,
				said: reply !== undefined,
				host,
			};
		}
	}
	return { stage: null, reply: reason, said: false, host: null };
}

const stageNames: Record< string, string > = {
	'end of data': 'end of DATA',
	'DATA command': 'DATA',
	'message body': 'DATA',
};
