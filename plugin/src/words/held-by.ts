import { __ } from '@wordpress/i18n';
import type { HeldBy } from '@email-gateway/shared';
import type { Words } from './failure.ts';
import { oneOf } from './one-of.ts';

/** What holds a message, and what to do where it is a test email. */
const sentences: Record< HeldBy, () => Words > = {
	pause: () => ( {
		happened: __( 'Sending of its Unix user is paused.', 'email-gateway' ),
		todo: __( 'Press Resume Sending under Sites on This Server, then send the test email again.', 'email-gateway' ),
	} ),
	cap: () => ( {
		happened: __( 'Its Unix user is above the cap, or was when it came.', 'email-gateway' ),
		todo: __(
			'Press Resume Sending or Change Cap under Sites on This Server, then send the test email again.',
			'email-gateway'
		),
	} ),
	sandbox: () => ( {
		happened: __( 'The sandbox holds it.', 'email-gateway' ),
		todo: __( 'Press Turn Off Sandbox, then send the test email again.', 'email-gateway' ),
	} ),
	sender: () => ( {
		happened: __( 'Its sender is not listed for its site, or was not when it came.', 'email-gateway' ),
		todo: __(
			'Press Change Route under Sites on This Server to list the sender, or send from another address.',
			'email-gateway'
		),
	} ),
	no_route: () => ( {
		happened: __( 'Its Unix user has no route, and mail of users without a route is held.', 'email-gateway' ),
		todo: __( 'Press Set Route under Sites on This Server, then send the test email again.', 'email-gateway' ),
	} ),
	other: () => ( {
		happened: __( 'A person holds it, or a pause, cap or route that is no longer there.', 'email-gateway' ),
		todo: __( 'Press Preview Changes to see what differs on the server.', 'email-gateway' ),
	} ),
};

export const heldByWords = ( heldBy: HeldBy ): Words => sentences[ oneOf( sentences, heldBy ) ?? 'other' ]();
