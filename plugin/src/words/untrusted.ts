import { __, sprintf } from '@wordpress/i18n';
import type { CauseDetail } from './causes-of-providers.ts';

/** The sentences of a certificate whose issuer is not trusted: who that is, and what becomes of the form's CA Certificate. */
export function untrusted( { issuer, hasOwnCa }: CauseDetail ) {
	const happened = issuer
		? sprintf(
				/* translators: %s: name of who issued a certificate */
				__(
					'The certificate of the provider was issued by “%s”, which is not trusted. No password was sent.',
					'email-gateway'
				),
				issuer
		  )
		: __( 'The issuer of the provider’s certificate is not trusted. No password was sent.', 'email-gateway' );
	const todo = hasOwnCa
		? __(
				'The CA Certificate in the form no longer matches. Ask the provider for the certificate of this issuer and put it there, under Advanced.',
				'email-gateway'
		  )
		: __(
				'If the provider runs a private certificate authority, paste its certificate into CA Certificate, under Advanced. If one is already there, it does not match.',
				'email-gateway'
		  );
	return { happened, todo };
}
