import { parseLine } from './mail-log.ts';

/** A message whose envelope sender is not listed for the user who sent it. */
export interface UnlistedSender {
	uid: number;
	/** Lower case; what the line could not hold is a question mark. */
	sender: string;
	/** By sendmail it is held, by SMTP refused. */
	how: 'held' | 'refused';
}

const isAddress = ( sender: string ) => /^[^@\s<>?]{1,64}@[a-z0-9._-]{1,255}$/.test( sender );

/** Reads a line in which may-send.pl or submitter.sh say so; null for any other. What a site wrote stands behind our words. */
export function unlistedSenderOf( line: string ): UnlistedSender | null {
	const { service, text } = parseLine( line ) ?? {};
	const [ , uid, sender = '' ] =
		( service === 'cleanup' &&
			/^milter-hold: END-OF-MESSAGE from \S+: sender (?:not listed for this user|of another route) \(uid=(\d{1,10})\): (\S{1,320}); from=/.exec(
				text ?? ''
			) ) ||
		( service === 'smtpd' &&
			/^(?:NOQUEUE: )?reject: (?:DATA|BDAT) from \S+: 554 5\.7\.1 (?:<[A-Z]+>: [A-Za-z]+ command rejected: )?This sender is not listed for this site \(uid=(\d{1,10})\); from=<([^>]{1,320})> to=/.exec(
				text ?? ''
			) ) ||
		[];
	const address = sender.toLowerCase().replace( /\.+$/, '' );
	return uid !== undefined && isAddress( address )
		? { uid: Number( uid ), sender: address, how: service === 'cleanup' ? 'held' : 'refused' }
		: null;
}
