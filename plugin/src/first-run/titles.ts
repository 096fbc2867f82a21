import { __, _x } from '@wordpress/i18n';

/** The three steps. */
export const titles = {
	pair: () => _x( 'Pair', 'title of a step', 'email-gateway' ),
	connect: () => _x( 'Connect', 'title of a step', 'email-gateway' ),
	prove: () => __( 'Install and Test', 'email-gateway' ),
};
