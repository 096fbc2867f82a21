import { __ } from '@wordpress/i18n';

/** Fields by the name under which they are sent, as they are called on the screen. */
const labels: Record< string, () => string > = {
	host: () => __( 'Host', 'email-gateway' ),
	sshPort: () => __( 'SSH Port', 'email-gateway' ),
	sshUser: () => __( 'SSH User', 'email-gateway' ),
	privateKey: () => __( 'Private Key', 'email-gateway' ),
	passphrase: () => __( 'Passphrase', 'email-gateway' ),
	sudoPassword: () => __( 'Sudo Password', 'email-gateway' ),
	smtpServer: () => __( 'SMTP Server', 'email-gateway' ),
	smtpPort: () => __( 'SMTP Port', 'email-gateway' ),
	userName: () => __( 'User Name', 'email-gateway' ),
	password: () => __( 'Password', 'email-gateway' ),
	sendingDomain: () => __( 'Sending Domain', 'email-gateway' ),
	note: () => __( 'Brief Note', 'email-gateway' ),
	serverHostname: () => __( 'Server Hostname (FQDN)', 'email-gateway' ),
	rootMail: () => __( 'Mail for root', 'email-gateway' ),
	caCertificate: () => __( 'CA Certificate', 'email-gateway' ),
	from: () => __( 'From', 'email-gateway' ),
	to: () => __( 'To', 'email-gateway' ),
	address: () => __( 'Mail Address', 'email-gateway' ),
	backendUrl: () => __( 'Backend Address', 'email-gateway' ),
	webhook: () => __( 'Webhook URL', 'email-gateway' ),
	code: () => __( 'Pairing Code', 'email-gateway' ),
};

export const fieldLabel = ( name: string ): string => labels[ name ]?.() ?? name;
