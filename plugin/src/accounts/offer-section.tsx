import { useState } from '@wordpress/element';
import { Notice, ToggleControl } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { AccountsView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import { useIsAway } from '../ui/backend-away.tsx';
import { Section } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';

/** Whether customers may use the default account without being shown it, and what that means. */
export function OfferSection( { view, onSaved }: { view: AccountsView; onSaved: ( view: AccountsView ) => void } ) {
	const [ saved, setSaved ] = useState( false );
	const isAway = useIsAway();
	const request = useRequest();
	const save = async ( customersMayUse: boolean ) => {
		setSaved( false );
		const next = await request.send( () => call( 'offerIncludedGateway', { body: { customersMayUse } } ) );
		if ( next ) {
			setSaved( true );
			onSaved( next );
		}
	};
	return (
		<Section title={ _x( 'Customers', 'heading', 'email-gateway' ) }>
			<ToggleControl
				__nextHasNoMarginBottom
				label={ __( 'Let customers send through the default account without seeing it', 'email-gateway' ) }
				help={ __(
					'They get one button, Use the Included Gateway, in place of the fields. It works on servers whose connection was last set and trusted by someone who may see this page.',
					'email-gateway'
				) }
				checked={ view.customersMayUse }
				disabled={ isAway }
				// not disabled while it is sent: that would throw the keyboard out
				onChange={ ( next ) => ! request.busy && void save( next ) }
			/>
			<Notice status="warning" isDismissible={ false } politeness="polite">
				<p>
					{ __(
						'The password is stored on that server in a file only root can read. Everyone who has root there (SSH, sudo, a snapshot, a backup) can read it. Use this only where customers have no root, or give each server its own sub-account at the provider.',
						'email-gateway'
					) }
				</p>
				<p>{ __( 'Delivered mail still shows which provider it is.', 'email-gateway' ) }</p>
			</Notice>
			{ saved && (
				<Notice status="success" isDismissible={ false }>
					{ _x( 'Saved.', 'form', 'email-gateway' ) }
				</Notice>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</Section>
	);
}
