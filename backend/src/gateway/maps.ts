/** Local parts that no one owns at the Sending Domain; postmaster also gets Postfix's own notices. */
const localRecipients = [ 'root', 'postmaster', 'mailer-daemon', 'www-data', 'nobody', 'daemon' ];

/** Names that mean "this server" in an address, except the Sending Domain, whose mailboxes are real. */
export function localNames( {
	hostname,
	fqdn,
	sendingDomain,
}: {
	hostname: string;
	fqdn: string;
	sendingDomain: string;
} ): string[] {
	const isName = ( name: string ) => /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test( name );
	const names = [ fqdn, hostname, 'localhost', 'localhost.localdomain' ].map( ( name ) => name.toLowerCase() );
	return [ ...new Set( names ) ].filter( ( name ) => isName( name ) && name !== sendingDomain );
}

/** texthash: `user:password` under the relayhost text. Nothing is escaped: the value is taken byte for byte. */
export const renderSaslPasswd = ( relayhost: string, userName: string, password: string ) =>
	`${ relayhost } ${ userName }:${ password }\n`;

/** Recipients: root and other local parts without a domain, and everything at a local name, go to `rootMail`. */
export function renderVirtualAlias( names: readonly string[], rootMail: string ): string {
	return [ ...localRecipients, ...names.map( ( name ) => `@${ name }` ) ]
		.map( ( key ) => `${ key } ${ rootMail }\n` )
		.join( '' );
}

/** Senders and headers on the way out: the local part stays, a local name becomes the Sending Domain. */
export function renderGeneric( names: readonly string[], sendingDomain: string ): string {
	return names.map( ( name ) => `@${ name } @${ sendingDomain }\n` ).join( '' );
}

/** A login that the provider demands although we have none waits (4xx) instead of bouncing. */
export const replyFilter = '/^530([ -])5\\.(.*)$/ 430${1}4.${2}\n/^530([ -].*)$/ 430$1\n';

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
