import { mustHold, type Fault } from '../fault.ts';
import { sayEnd } from '../gateway.ts';
import { mustSucceed } from '../patient.ts';

export interface Change extends Pick< Fault, 'name' | 'goesWrong' | 'isSample' > {
	/** What somebody did on the server, as root. */
	change: string;
	/** Says `right` once it is as it must be. */
	proof: string;
}

const listensOnLoopback = `ss -Hltn 'sport = :25' | awk '{ print $4 }' | sort | tr '\\n' ' ' | grep -qx '127.0.0.1:25 \\[::1\\]:25 ' && echo right`;

/** What people do to a gateway on a server; Reinstall puts it right. */
export const changes: Change[] = [
	{
		name: 'tls_verification_off_in_master_cf',
		goesWrong: 'An option in master.cf lets the password go over any encrypted connection',
		change: 'postconf -P smtp/unix/smtp_tls_security_level=encrypt; postfix reload',
		proof: 'postconf -P | grep -q smtp_tls_security_level || echo right',
	},
	{
		name: 'relay_opened_in_master_cf',
		goesWrong: 'A service in master.cf takes mail from everybody',
		change: `postconf -M -e '0.0.0.0:2525/inet=0.0.0.0:2525 inet n - y - - smtpd -o smtpd_relay_restrictions=permit'; postfix reload`,
		proof: `ss -Hltn 'sport = :2525' | grep -q . || echo right`,
	},
	{
		name: 'listens_everywhere',
		goesWrong: 'inet_interfaces is set to all, and Postfix restarted',
		isSample: true,
		change: 'postconf -e inet_interfaces=all; systemctl restart postfix',
		proof: listensOnLoopback,
	},
	{
		name: 'listens_everywhere_unseen',
		goesWrong: 'inet_interfaces was set to all while Postfix started, and set back in the file only',
		change: 'postconf -e inet_interfaces=all; systemctl restart postfix; postconf -e inet_interfaces=loopback-only',
		proof: listensOnLoopback,
	},
	{
		name: 'transport_changed',
		goesWrong: 'default_transport is changed by hand',
		change: 'postconf -e default_transport=retry; postfix reload',
		proof: '[ "$(postconf -h default_transport)" = smtp ] && echo right',
	},
	{
		name: 'relayhost_emptied',
		goesWrong: 'relayhost is emptied by hand',
		change: `postconf -e 'relayhost='; postfix reload`,
		proof: '[ -n "$(postconf -h relayhost)" ] && echo right',
	},
	{
		name: 'postfix_stopped',
		goesWrong: 'Postfix is stopped and disabled',
		change: 'systemctl disable -q --now postfix',
		proof: 'systemctl -q is-enabled postfix && echo right',
	},
	{
		name: 'postfix_files_missing',
		goesWrong: 'Files that the next cold start needs are gone from /etc/postfix and from Postfix’s programs',
		change: 'rm /etc/postfix/postfix-files /usr/lib/postfix/sbin/tlsproxy',
		proof: 'systemctl restart postfix && [ -e /usr/lib/postfix/sbin/tlsproxy ] && echo right',
	},
	{
		name: 'sasl_modules_removed',
		goesWrong: 'The package with the sign-in mechanisms is removed',
		change: 'DEBIAN_FRONTEND=noninteractive apt-get -q -y purge libsasl2-modules >/dev/null 2>&1',
		proof: 'dpkg -s libsasl2-modules >/dev/null 2>&1 && echo right',
	},
	{
		name: 'root_store_emptied',
		goesWrong: 'The well-known roots are gone',
		change: ': >/etc/ssl/certs/ca-certificates.crt',
		proof: '[ -s /etc/ssl/certs/ca-certificates.crt ] && echo right',
	},
	{
		name: 'setgid_taken_away',
		goesWrong: 'A hardening script has taken all set-group-id bits away: sites may not hand mail over',
		change: 'chmod g-s /usr/sbin/postdrop /usr/sbin/postqueue',
		proof: '[ -g /usr/sbin/postdrop ] && [ -g /usr/sbin/postqueue ] && echo right',
	},
	{
		name: 'spool_of_root',
		goesWrong: 'Everything in the spool was given to root by a chown too many',
		change: 'chown -R root:root /var/spool/postfix; systemctl restart postfix',
		proof: '[ "$(stat -c %U:%G /var/spool/postfix/maildrop)" = postfix:postdrop ] && echo right',
	},
	{
		name: 'log_folder_gone',
		goesWrong: 'The folder of the mail log is gone, as after a start with /var/log in memory',
		change: 'rm -rf /var/log/email-gateway; systemctl restart postfix',
		proof: '[ -s /var/log/email-gateway/mail.log ] && echo right',
	},
	{
		name: 'sendmail_replaced',
		goesWrong: 'Another program lies in the place of sendmail',
		change: 'ln -sf /bin/true /usr/sbin/sendmail',
		proof: '[ ! -L /usr/sbin/sendmail ] && [ -L /var/backups/email-gateway/*-sendmail ] && echo right',
	},
];

/** Reinstall sees it, puts it right, and mail arrives; what is of others stays also after Remove. */
export const changedByHandFaults: Fault[] = changes.map( ( { change, proof, ...named } ) => ( {
	...named,
	async run( world ) {
		const patient = await world.freshServer();
		const password = await patient.provider.newPassword();
		mustSucceed( await patient.install( { password } ), 'The install' );
		await patient.shell( `mkdir /etc/postfix/mine; echo key >/etc/postfix/mine/dkim.key; ${ change }` );
		const again = await patient.install( {} );
		const said = mustSucceed( again, 'Reinstall' );
		const { result } = again.job;
		mustHold(
			result?.verb === 'install_gateway' && ! result.alreadyRight,
			`It was not seen: ${ sayEnd( again ) }, already right`
		);
		mustHold( ( await patient.shell( `${ proof } || true` ) ).trim() === 'right', 'It was not put right.' );
		await patient.arrives( await patient.send() );
		await patient.keepsSecret( password );
		mustSucceed( await patient.remove(), 'The removal' );
		mustHold(
			( await patient.shell( 'cat /etc/postfix/mine/dkim.key' ) ) === 'key\n',
			'A file of others was deleted.'
		);
		return `seen and put right (${ said }); a file of others in /etc/postfix was left also by Remove`;
	},
} ) );
