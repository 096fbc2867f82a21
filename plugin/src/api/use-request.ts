import { useCallback, useState } from '@wordpress/element';
import { withoutFields } from './field-problems.ts';
import { problemFrom, type Problem } from './problem.ts';

export interface Sending {
	busy: boolean;
	problem: Problem | null;
	/** Sends; the answer, or null after a failure (then `problem` tells it). A second one waits for nobody: ignored. */
	send: < Answer >( ask: () => Promise< Answer > ) => Promise< Answer | null >;
	/** Fields were changed: what was said of them no longer holds. */
	changed: ( names: string[] ) => void;
}

/** The state of one button's request. */
export function useRequest(): Sending {
	const [ busy, setBusy ] = useState( false );
	const [ problem, setProblem ] = useState< Problem | null >( null );
	const send = useCallback( async < Answer >( ask: () => Promise< Answer > ) => {
		setBusy( true );
		setProblem( null );
		try {
			return await ask();
		} catch ( thrown ) {
			setProblem( problemFrom( thrown ) );
			return null;
		} finally {
			setBusy( false );
		}
	}, [] );
	const changed = useCallback(
		( names: string[] ) => setProblem( ( before ) => before && withoutFields( before, names ) ),
		[]
	);
	return { busy, problem, send, changed };
}
