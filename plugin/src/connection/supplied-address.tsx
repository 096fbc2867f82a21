import { Notice } from '@wordpress/components';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { ConnectionView } from '@email-gateway/shared';
import type { SuppliedAddress as Address } from '../page.ts';
import { ofPanel } from '../words/panel.ts';

interface SuppliedAddressProps {
	address: Address;
	/** As it was checked last. */
	connection: ConnectionView | null;
}

/** Where the address and the key come from: to be read, and changed there. */
export function SuppliedAddress( { address, connection }: SuppliedAddressProps ) {
	const { host, sshPort, sshUser } = address;
	const hasMoved =
		connection !== null &&
		( connection.host !== host.toLowerCase() || connection.sshPort !== sshPort || connection.sshUser !== sshUser );
	return (
		<>
			<dl className="email-gateway-facts">
				<dt>{ _x( 'Host', 'label of a field', 'email-gateway' ) }</dt>
				<dd>
					<code>{ host || '—' }</code>
				</dd>
				<dt>{ __( 'SSH Port', 'email-gateway' ) }</dt>
				<dd>
					<code>{ sshPort }</code>
				</dd>
				<dt>{ __( 'SSH User', 'email-gateway' ) }</dt>
				<dd>
					<code>{ sshUser }</code>
				</dd>
			</dl>
			<p className="email-gateway-quiet">
				{ ofPanel(
					__(
						/* translators: %s: name of a product */
						'From %s, with the SSH key it has for this server. The key is sent, sealed, with each job and for each look at a gateway, and is deleted soon after. Change the address or the key there.',
						'email-gateway'
					)
				) }
			</p>
			{ hasMoved && (
				<Notice status="error" isDismissible={ false }>
					{ sprintf(
						/* translators: 1: user, 2: address of a server */
						__(
							'Everything is stopped: the last connection checked was %1$s at %2$s. Run Check Connection to switch to the one above, then trust its host key again.',
							'email-gateway'
						),
						connection.sshUser,
						connection.host
					) }
				</Notice>
			) }
		</>
	);
}
