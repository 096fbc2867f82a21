import { CheckboxControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { QueueAction } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { wholeNumber } from '../words/numbers.ts';
import { actionWords } from '../words/queue.ts';

interface Props {
	/** Messages that the filter leaves. */
	matching: number;
	/** Messages that are chosen. */
	chosen: number;
	isAll: boolean;
	onAll: ( isAll: boolean ) => void;
	disabled: boolean;
	onAction: ( action: QueueAction ) => void;
}

/** What is done with the messages that are chosen. All of them are a choice of their own: that none is ticked never means all. */
export function QueueActions( { matching, chosen, isAll, onAll, disabled, onAction }: Props ) {
	const [ asks, setAsks ] = useState( false );
	const count = wholeNumber( chosen );
	const cannot = disabled || chosen === 0;
	return (
		<>
			<CheckboxControl
				__nextHasNoMarginBottom
				label={ sprintf(
					/* translators: %s: number of messages */
					_n( 'The %s message of this list', 'All %s messages of this list', matching, 'email-gateway' ),
					wholeNumber( matching )
				) }
				checked={ isAll }
				onChange={ onAll }
			/>
			<p role="status">
				{ chosen === 0
					? __( 'Choose messages below, or all of them.', 'email-gateway' )
					: sprintf(
							/* translators: %s: number of messages */
							_n( '%s message is chosen.', '%s messages are chosen.', chosen, 'email-gateway' ),
							count
					  ) }
			</p>
			{ asks && chosen > 0 ? (
				<Confirmation
					title={ sprintf(
						/* translators: %s: number of messages */
						_n( 'Delete %s message?', 'Delete %s messages?', chosen, 'email-gateway' ),
						count
					) }
					confirm={ _x( 'Delete', 'button', 'email-gateway' ) }
					destructive
					onConfirm={ () => {
						setAsks( false );
						onAction( 'delete' );
					} }
					onCancel={ () => setAsks( false ) }
				>
					<p>
						{ _n(
							'This cannot be undone: it is never delivered, and neither sender nor recipient learns of it.',
							'This cannot be undone: they are never delivered, and neither sender nor recipient learns of it.',
							chosen,
							'email-gateway'
						) }
					</p>
				</Confirmation>
			) : (
				<Actions>
					{ ( [ 'retry', 'hold', 'release' ] as const ).map( ( action ) => (
						<ActionButton key={ action } disabled={ cannot } onClick={ () => onAction( action ) }>
							{ actionWords[ action ]() }
						</ActionButton>
					) ) }
					<ActionButton variant="link" destructive disabled={ cannot } onClick={ () => setAsks( true ) }>
						{ actionWords.delete() }
					</ActionButton>
				</Actions>
			) }
		</>
	);
}
