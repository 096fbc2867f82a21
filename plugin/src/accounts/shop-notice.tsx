import { Notice } from '@wordpress/components';
import { __, _x, sprintf } from '@wordpress/i18n';
import { thisPage } from '../page.ts';

/** Beside WooCommerce: who sees Load Defaults now, as it was just checked. */
export function ShopNotice() {
	const { shop } = thisPage();
	if ( ! shop ) {
		return null;
	}
	const roles = shop.seeLoadDefaults.join( ', ' ) || _x( 'nobody', 'role', 'email-gateway' );
	return (
		<Notice status={ shop.customersSeeIt ? 'warning' : 'info' } isDismissible={ false } politeness="polite">
			<p>
				{ __(
					'WooCommerce is active. Its customers and shop managers can run the gateways of servers they own, and nothing else.',
					'email-gateway'
				) }{ ' ' }
				{
					/* translators: %s: names of roles */
					sprintf( __( 'Load Defaults is shown to these roles now: %s.', 'email-gateway' ), roles )
				}
			</p>
			{ shop.customersSeeIt && (
				<p>
					{ __(
						'A role of the shop is among them: people of that role can put these credentials on a server of theirs, and read them there. A filter or a changed role on this site allows it.',
						'email-gateway'
					) }
				</p>
			) }
		</Notice>
	);
}
