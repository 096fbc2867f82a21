import { __ } from '@wordpress/i18n';
import type { JobError, TestResult } from '@email-gateway/shared';

const tellTheOwner = () =>
	__( 'The account of the included gateway belongs to this site: tell its owner.', 'email-gateway' );

/** What to do about a failure at the provider where the account is not the person's own; undefined where our usual words hold. */
export function includedAdvice( error: JobError | null ): string | undefined {
	return error?.code.startsWith( 'provider_' ) ? tellTheOwner() : undefined;
}

/** The same of a test email. */
export function includedTestAdvice( { outcome, diagnosis: { cause } }: TestResult ): string | undefined {
	if ( outcome === 'accepted' ) {
		return __(
			'Not in the inbox? It left your server: look in spam, then ask the owner of this site.',
			'email-gateway'
		);
	}
	return cause.startsWith( 'recipient_' ) ? undefined : tellTheOwner();
}
