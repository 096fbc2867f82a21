import { __ } from '@wordpress/i18n';
import type { FieldProblem } from '@email-gateway/shared';

/** Why a field was refused, beside the field. */
const sentences: Record< FieldProblem, () => string > = {
	required: () => __( 'This field is required.', 'email-gateway' ),
	invalid: () => __( 'This value cannot be used.', 'email-gateway' ),
	too_long: () => __( 'This is too long.', 'email-gateway' ),
	control_characters: () =>
		__(
			'It contains a line break or another invisible character, which would break the configuration.',
			'email-gateway'
		),
	leading_blank: () => __( 'It begins with a blank, which would be lost on the server.', 'email-gateway' ),
	trailing_blank: () =>
		__( 'It ends with a blank, which Postfix would cut off silently: the login would fail.', 'email-gateway' ),
	colon_in_user_name: () =>
		__( 'It contains a colon, at which Postfix would split it from the password.', 'email-gateway' ),
	not_a_host_name: () => __( 'Enter a host name such as smtp.example.com.', 'email-gateway' ),
	not_a_domain: () => __( 'This is not a domain, for example example.com.', 'email-gateway' ),
	not_a_port: () => __( 'A port is a number from 1 to 65535.', 'email-gateway' ),
	not_an_address: () => __( 'This is not a single mail address, for example me@example.com.', 'email-gateway' ),
	not_in_sending_domain: () =>
		__( 'Enter an address of the Sending Domain that is installed, or of a domain beneath it.', 'email-gateway' ),
	not_a_sender: () =>
		__( 'This address is not among the senders above: add it or its domain there first.', 'email-gateway' ),
	not_a_certificate: () =>
		__( 'This is not a certificate: paste the text from -----BEGIN CERTIFICATE----- on.', 'email-gateway' ),
	not_a_private_key: () =>
		__(
			'This is not a private key: paste the whole file, with its first and last line. OpenSSH, PEM and PuTTY files are read.',
			'email-gateway'
		),
	is_a_public_key: () =>
		__( 'This is the public half of the key. Paste the private one: the file without .pub.', 'email-gateway' ),
	not_a_user_name: () => __( 'This is not a user name of a server, for example root.', 'email-gateway' ),
	not_a_webhook: () =>
		__( 'Enter an address that starts with https://, without a port or a password in it.', 'email-gateway' ),
	not_reachable: () =>
		__( 'The backend may not call this address: it is in a private network. Enter a public one.', 'email-gateway' ),
	not_of_this_service: () =>
		__( 'This is not in the form that this service gives. Copy it again from there, as a whole.', 'email-gateway' ),
	not_a_cap: () =>
		__( 'A cap is a whole number from 1 to 1000000. To send nothing, press Pause Sending.', 'email-gateway' ),
	not_a_percentage: () => __( 'This is a whole number of percent, from 1 to 99.', 'email-gateway' ),
	day_below_hour: () => __( 'The cap of a day cannot be below that of an hour.', 'email-gateway' ),
	not_kept_days: () => __( 'This is a whole number of days, from 10 to 90.', 'email-gateway' ),
	short_search: () =>
		__( 'Type a whole address, @domain, or at least three characters of how it begins.', 'email-gateway' ),
	unknown_field: () =>
		__( 'The backend does not know this field: plugin and backend differ in version.', 'email-gateway' ),
};

/** A host name is asked for in two fields, and each has its own example. */
export function fieldSentence( problem: string, field = '' ): string {
	if ( problem === 'not_a_host_name' && field === 'host' ) {
		return __( 'Enter a host name such as web1.example.com, or an IPv4 address.', 'email-gateway' );
	}
	if ( problem === 'not_a_domain' && field === 'allowed' ) {
		return __( 'Enter domains alone, such as example.com: without a port, a star or an address.', 'email-gateway' );
	}
	if ( problem === 'not_a_domain' && field === 'senders' ) {
		return __(
			'Enter domains or addresses alone, such as example.com or shop@example.com: without a port or a star.',
			'email-gateway'
		);
	}
	if ( problem === 'not_a_sender' && field === 'from' ) {
		return __(
			'Enter a sender that the route of this site lists, or an address of a domain that it lists.',
			'email-gateway'
		);
	}
	return Object.hasOwn( sentences, problem ) ? sentences[ problem as FieldProblem ]() : sentences.invalid();
}
