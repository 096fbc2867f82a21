import { __, _x } from '@wordpress/i18n';

/** Fields by the name under which they are sent, as they are called on the screen. */
const labels: Record< string, () => string > = {
	host: () => _x( 'Host', 'label of a field', 'email-gateway' ),
	sshPort: () => __( 'SSH Port', 'email-gateway' ),
	sshUser: () => __( 'SSH User', 'email-gateway' ),
	privateKey: () => __( 'Private Key', 'email-gateway' ),
	passphrase: () => _x( 'Passphrase', 'label of a field', 'email-gateway' ),
	sudoPassword: () => __( 'Sudo Password', 'email-gateway' ),
	smtpServer: () => __( 'SMTP Server', 'email-gateway' ),
	smtpPort: () => __( 'SMTP Port', 'email-gateway' ),
	userName: () => __( 'User Name', 'email-gateway' ),
	password: () => _x( 'Password', 'label of a field', 'email-gateway' ),
	sendingDomain: () => __( 'Sending Domain', 'email-gateway' ),
	note: () => __( 'Brief Note', 'email-gateway' ),
	serverHostname: () => __( 'Server Hostname (FQDN)', 'email-gateway' ),
	rootMail: () => __( 'Mail for root', 'email-gateway' ),
	caCertificate: () => __( 'CA Certificate', 'email-gateway' ),
	from: () => _x( 'From', 'label of a field', 'email-gateway' ),
	to: () => _x( 'To', 'label of a field', 'email-gateway' ),
	address: () => __( 'Mail Address', 'email-gateway' ),
	backendUrl: () => __( 'Backend Address', 'email-gateway' ),
	url: () => _x( 'URL', 'label of a field', 'email-gateway' ),
	token: () => _x( 'Token', 'label of a field', 'email-gateway' ),
	chat: () => __( 'Chat ID', 'email-gateway' ),
	user: () => __( 'User Key', 'email-gateway' ),
	name: () => _x( 'Name', 'label of a field', 'email-gateway' ),
	mailbox: () => _x( 'Mailbox', 'label of a field', 'email-gateway' ),
	allowed: () => __( 'Allowed Domains', 'email-gateway' ),
	hour: () => __( 'Recipients per Hour', 'email-gateway' ),
	day: () => __( 'Recipients per Day', 'email-gateway' ),
	refused: () => __( 'Refused, in Percent', 'email-gateway' ),
	account: () => _x( 'Account', 'label of a field', 'email-gateway' ),
	dailyLimit: () => __( 'Daily Limit', 'email-gateway' ),
	code: () => __( 'Pairing Code', 'email-gateway' ),
};

export const fieldLabel = ( name: string ): string => labels[ name ]?.() ?? name;
