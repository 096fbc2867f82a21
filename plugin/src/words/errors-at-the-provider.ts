import { __ } from '@wordpress/i18n';
import type { DetailOf, errorsAtTheProvider, ProviderErrorCode } from '@email-gateway/shared';
import { causeWords } from './causes.ts';
import type { Sentences, Words } from './failure.ts';

const tryAgain = () => __( 'Try again in a minute.', 'email-gateway' );

/** The provider said it in its own way: its cause in our words, where it was recognised. */
const provider =
	( fallback: () => string, todo: () => string ) =>
	( detail: DetailOf< ProviderErrorCode > ): Words => {
		const known = causeWords( detail );
		return known ?? { happened: fallback(), todo: todo() };
	};

/** The provider, asked from the server before anything was changed. */
export const atTheProvider: Sentences< keyof typeof errorsAtTheProvider > = {
	provider_name_not_found: provider(
		() => __( 'The server finds no provider with the name given as SMTP Server.', 'email-gateway' ),
		() => __( 'Check SMTP Server for typos.', 'email-gateway' )
	),
	provider_port_closed: provider(
		() => __( 'The provider refuses connections at this SMTP Port.', 'email-gateway' ),
		() => __( 'Use a port that the provider names: usually 587, 465 or 2525.', 'email-gateway' )
	),
	provider_port_blocked: provider(
		() => __( 'Nothing answers at this SMTP Port: the cloud of the server seems to block it.', 'email-gateway' ),
		() => __( 'Try another port of the provider (2525, 465), or ask the cloud to open this one.', 'email-gateway' )
	),
	provider_tls_failed: provider(
		() => __( 'An encrypted connection to the provider could not be established.', 'email-gateway' ),
		() =>
			__(
				'Check whether SMTP Port is one of the provider’s: 465 uses TLS from the start, 587 and 2525 after a greeting.',
				'email-gateway'
			)
	),
	provider_certificate_refused: provider(
		() => __( 'The certificate of the provider could not be verified. No password was sent.', 'email-gateway' ),
		() =>
			__(
				'Use the name that is in the certificate as SMTP Server, or enter the CA Certificate under Advanced.',
				'email-gateway'
			)
	),
	provider_login_refused: provider(
		// which of user, password, account or server it was is not known here
		() => __( 'The provider refused at the login; its words say why.', 'email-gateway' ),
		() => __( 'Read the reply. If it is not clear, send it to the provider’s support.', 'email-gateway' )
	),
	provider_unavailable: provider(
		() => __( 'The provider is not available at the moment.', 'email-gateway' ),
		tryAgain
	),
};
