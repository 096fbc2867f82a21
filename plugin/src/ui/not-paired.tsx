import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { may, thisPage } from '../page.ts';

/** In place of what would ask the backend. */
export function NotPaired() {
	return (
		<Notice status="info" isDismissible={ false }>
			{ __( 'This site is not paired with a backend yet.', 'email-gateway' ) }{ ' ' }
			{ may( 'manage_site' ) ? (
				<a href={ `${ thisPage().settingsUrl }#connection` }>
					{ __( 'Pair it under Settings → Email Gateway → Connection.', 'email-gateway' ) }
				</a>
			) : (
				__( 'Ask your administrator.', 'email-gateway' )
			) }
		</Notice>
	);
}
