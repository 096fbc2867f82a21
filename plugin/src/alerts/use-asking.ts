import { useState } from '@wordpress/element';
import { useRequest, type Sending } from '../api/use-request.ts';
import type { WithChannels } from './channel-calls.ts';

/** One request at a time for all channels of a view. */
export interface Asking< View > {
	busy: Sending[ 'busy' ];
	/** Sends; says `done` where it succeeded. */
	ask: ( send: () => Promise< View >, done?: string ) => Promise< View | null >;
}

export function useAsking< View extends WithChannels >( view: View, onAnswer: ( view: View ) => void ) {
	const [ done, setDone ] = useState< string | null >( null );
	// Kept here: the answers that follow an alert on its way no longer hold it.
	const [ secret, setSecret ] = useState( view.signingSecret );
	const request = useRequest();
	const ask: Asking< View >[ 'ask' ] = async ( send, said ) => {
		setDone( null );
		const answer = await request.send( send );
		if ( answer ) {
			onAnswer( answer );
			setDone( said ?? null );
			setSecret( ( before ) => answer.signingSecret ?? before );
		}
		return answer;
	};
	return { done, secret, request, asking: { busy: request.busy, ask } };
}
