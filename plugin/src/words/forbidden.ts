import { __ } from '@wordpress/i18n';
import type { DetailOf, ForbiddenReason } from '@email-gateway/shared';
import type { Words } from './failure.ts';
import { oneOf } from './one-of.ts';

/** Why someone who may use this server may not do this. */
const sentences: Record< ForbiddenReason, () => Words > = {
	permission: () => ( {
		happened: __( 'You may not do this with this server.', 'email-gateway' ),
		todo: __( 'Ask an administrator of this site.', 'email-gateway' ),
	} ),
	administrator_must_choose: () => ( {
		happened: __( 'Only an administrator of this site may replace what is on this server.', 'email-gateway' ),
		todo: __( 'Ask an administrator of this site to install it.', 'email-gateway' ),
	} ),
	connection_not_set_by_administrator: () => ( {
		happened: __(
			'The connection of this server was set up by someone who may not manage the default credentials, so they are not sent there.',
			'email-gateway'
		),
		todo: __(
			'Someone who may manage them opens Server Connection, presses Check Connection and trusts the host key. Then try again.',
			'email-gateway'
		),
	} ),
};

export const forbiddenWords = ( { reason }: DetailOf< 'forbidden' > ): Words =>
	sentences[ oneOf( sentences, reason ) ?? 'permission' ]();
