import { useState } from '@wordpress/element';
import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { QueueAction } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { wholeNumber } from '../words/numbers.ts';
import { actionWords } from '../words/queue.ts';

interface Props {
	/** Messages that the filter leaves, and those that are ticked. */
	matching: number;
	chosen: number;
	disabled: boolean;
	onAction: ( action: QueueAction ) => void;
}

/** What is done with those that are ticked; where none is, with all. It says with how many, and asks before it deletes. */
export function QueueActions( { matching, chosen, disabled, onAction }: Props ) {
	const [ asks, setAsks ] = useState( false );
	const count = chosen || matching;
	const sentence =
		chosen > 0
			? _n( '%s message is chosen.', '%s messages are chosen.', chosen, 'email-gateway' )
			: _n(
					'None is chosen, so a button means the %s message of this list.',
					'None is chosen, so a button means all %s messages of this list.',
					matching,
					'email-gateway'
			  );
	return (
		<>
			<p role="status">{ sprintf( sentence, wholeNumber( count ) ) }</p>
			{ asks ? (
				<Confirmation
					title={ sprintf(
						/* translators: %s: number of messages */
						_n( 'Delete %s message?', 'Delete %s messages?', count, 'email-gateway' ),
						wholeNumber( count )
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
							count,
							'email-gateway'
						) }
					</p>
				</Confirmation>
			) : (
				<Actions>
					{ ( [ 'retry', 'hold', 'release' ] as const ).map( ( action ) => (
						<ActionButton key={ action } disabled={ disabled } onClick={ () => onAction( action ) }>
							{ actionWords[ action ]() }
						</ActionButton>
					) ) }
					<ActionButton variant="link" destructive disabled={ disabled } onClick={ () => setAsks( true ) }>
						{ actionWords.delete() }
					</ActionButton>
				</Actions>
			) }
		</>
	);
}
