import { useCallback, useEffect, useState } from '@wordpress/element';
import { problemFrom, type Problem } from './problem.ts';

export interface Answered< Answer > {
	answer: Answer | null;
	problem: Problem | null;
	/** Puts in what a later request has answered. */
	set: ( answer: Answer ) => void;
	retry: () => void;
}

/** Asks once when the screen appears, and again on retry. `ask` must be the same function at each drawing. */
export function useAnswer< Answer >( ask: ( signal: AbortSignal ) => Promise< Answer > ): Answered< Answer > {
	const [ answer, set ] = useState< Answer | null >( null );
	const [ problem, setProblem ] = useState< Problem | null >( null );
	const [ attempt, setAttempt ] = useState( 0 );
	useEffect( () => {
		const stop = new AbortController();
		setProblem( null );
		ask( stop.signal )
			.then( set )
			.catch( ( thrown: unknown ) => ! stop.signal.aborted && setProblem( problemFrom( thrown ) ) );
		return () => stop.abort();
	}, [ ask, attempt ] );
	const retry = useCallback( () => setAttempt( ( count ) => count + 1 ), [] );
	return { answer, problem, set, retry };
}
