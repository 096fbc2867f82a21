import type { ReactNode } from 'react';
import { useState } from '@wordpress/element';
import { useRequest } from '../api/use-request.ts';
import { ActionButton } from './action-button.tsx';
import { Confirmation } from './confirmation.tsx';
import { ProblemNotice } from './failure-notice.tsx';

interface AskedProps {
	label: string;
	/** For screen readers, where several have the same label. */
	name?: string;
	/** The question. */
	title: string;
	/** The word on the button that does it. */
	confirm: string;
	busy?: boolean;
	disabled?: boolean;
	/** What follows. */
	children: ReactNode;
	onConfirm: () => void;
}

/** A link that deletes something: it asks first and says what follows. */
export function AskedDeletion( { label, name, busy, disabled, children, onConfirm, ...question }: AskedProps ) {
	const [ asking, setAsking ] = useState( false );
	return (
		<>
			<ActionButton
				variant="link"
				destructive
				busy={ busy }
				disabled={ disabled || asking }
				{ ...( name === undefined ? {} : { label: name } ) }
				onClick={ () => setAsking( true ) }
			>
				{ label }
			</ActionButton>
			{ asking && (
				<Confirmation
					{ ...question }
					destructive
					onConfirm={ () => {
						setAsking( false );
						onConfirm();
					} }
					onCancel={ () => setAsking( false ) }
				>
					{ children }
				</Confirmation>
			) }
		</>
	);
}

interface DeleteButtonProps< Answer > extends Omit< AskedProps, 'busy' | 'onConfirm' > {
	send: () => Promise< Answer >;
	onDone: ( answer: Answer ) => void;
}

/** The same with a request of its own; tells why it was refused. */
export function DeleteButton< Answer >( { send, onDone, ...asked }: DeleteButtonProps< Answer > ) {
	const request = useRequest();
	const remove = async () => {
		const answer = await request.send( send );
		if ( answer !== null ) {
			onDone( answer );
		}
	};
	return (
		<>
			<AskedDeletion { ...asked } busy={ request.busy } onConfirm={ () => void remove() } />
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</>
	);
}
