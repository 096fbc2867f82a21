/** texthash: `user:password` under the relayhost text. Nothing is escaped: the value is taken byte for byte. */
export const renderSaslPasswd = ( relayhost: string, userName: string, password: string ) =>
	`${ relayhost } ${ userName }:${ password }\n`;

/** Recipients: whoever is written without a domain, or at a name of this server, is reached at `rootMail`. */
export const renderVirtualAlias = ( names: readonly string[], rootMail: string ) =>
	names.map( ( name ) => `@${ name } ${ rootMail }\n` ).join( '' );

/**
 * Senders on the way out. The local part stays and a local name becomes the Sending Domain, unless everybody may have a
 * mailbox there: then all are the one address that is ours, `account`.
 */
export const renderGeneric = ( names: readonly string[], sendingDomain: string, account: string | null ) =>
	names.map( ( name ) => `@${ name } ${ account ?? `@${ sendingDomain }` }\n` ).join( '' );

/** Rotated by logrotate; Postfix keeps its log open until a reload. */
export const renderLogrotate = ( mailLog: string ) => `# Email Gateway
${ mailLog } {
	daily
	maxsize 50M
	rotate 14
	compress
	delaycompress
	missingok
	notifempty
	nocreate
	postrotate
		/usr/sbin/postfix reload >/dev/null 2>&1 || :
	endscript
}
`;
