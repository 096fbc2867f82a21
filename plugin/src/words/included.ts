import { __ } from '@wordpress/i18n';
import type { JobError, TestResult } from '@email-gateway/shared';

const tellTheOwner = () =>
	__( 'The account of the included gateway belongs to this site: inform its owner.', 'email-gateway' );

const installYourOwn = () =>
	__(
		'The account belongs to the former owner of the server: remove the gateway, then install it with your own.',
		'email-gateway'
	);

/** What to do about a failure at the provider where the account is not the person's own; undefined where our usual words hold. */
export function includedAdvice( error: JobError | null ): string | undefined {
	return error?.code.startsWith( 'provider_' ) ? tellTheOwner() : undefined;
}

/** The same of a test email; `ofFormerOwner`: the account is a former owner's, and not the site's. */
export function unshownTestAdvice(
	{ outcome, diagnosis: { cause }, sentAs }: TestResult,
	ofFormerOwner: boolean
): string | undefined {
	if ( outcome === 'accepted' ) {
		return __(
			'Not in your inbox? It left your server: check the spam folder, then ask the owner of this site.',
			'email-gateway'
		);
	}
	// what holds it here is nobody else’s, nor is an account that this person set for a route
	if ( outcome === 'held' || ( sentAs?.hasRoute && sentAs.account ) || cause.startsWith( 'recipient_' ) ) {
		return undefined;
	}
	return ofFormerOwner ? installYourOwn() : tellTheOwner();
}
