import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useMemo, useState } from '@wordpress/element';
import type { Problem } from '../api/problem.ts';

/** What the parts of a page share while the backend does not answer: one banner says so for all of them. */
export interface Away {
	isAway: boolean;
	/** Counts how often the backend has come back: what was not answered is asked again. */
	returns: number;
	report: ( problem: Problem ) => void;
}

/** null where each part tells its own problems, or another part of the page tells them. */
export const AwayContext = createContext< Away | null >( null );

const ofTheWay: ReadonlySet< Problem[ 'code' ] > = new Set( [ 'backend_unreachable', 'offline', 'timed_out' ] );

/** Nothing that asks the backend would be answered now. */
export const isOfTheWay = ( { code }: Problem ): boolean => ofTheWay.has( code );

const againMs = 10_000;

interface BannerProps {
	/** Whether the backend answers; rejects as its call does. */
	ask: () => Promise< unknown >;
	problemOf: ( thrown: unknown ) => Problem;
	/** Draws the banner. */
	banner: ( problem: Problem, retry: () => void ) => ReactNode;
	children: ReactNode;
}

/** Around all that asks the backend. While it is away it is asked again every ten seconds. */
export function WithBanner( { ask, problemOf, banner, children }: BannerProps ) {
	const [ problem, setProblem ] = useState< Problem | null >( null );
	const [ returns, setReturns ] = useState( 0 );
	const isAway = problem !== null;
	const [ attempt, setAttempt ] = useState( 0 );
	useEffect( () => {
		if ( ! isAway ) {
			return;
		}
		let isCurrent = true;
		const back = () => {
			if ( isCurrent ) {
				setProblem( null );
				setReturns( ( count ) => count + 1 );
			}
		};
		const again = () =>
			ask().then( back, ( thrown: unknown ) => {
				const seen = problemOf( thrown );
				// any answer is an answer, a refusal too
				return isOfTheWay( seen ) ? undefined : back();
			} );
		if ( attempt > 0 ) {
			void again();
		}
		const timer = setInterval( () => void again(), againMs );
		return () => {
			isCurrent = false;
			clearInterval( timer );
		};
	}, [ isAway, attempt, ask, problemOf ] );
	const shared = useMemo( () => ( { isAway, returns, report: setProblem } ), [ isAway, returns ] );
	return (
		<>
			{ problem && banner( problem, () => setAttempt( ( count ) => count + 1 ) ) }
			<AwayContext.Provider value={ shared }>{ children }</AwayContext.Provider>
		</>
	);
}

/** Whether buttons that ask the backend would be pressed in vain. */
export const useIsAway = (): boolean => useContext( AwayContext )?.isAway === true;

/** Lets the banner tell a problem, where there is one for it: true then. Asks again once the backend is back. */
export function useToldAbove( problem: Problem, onRetry: ( () => void ) | undefined ): boolean {
	const away = useContext( AwayContext );
	const isTold = away !== null && isOfTheWay( problem );
	const report = away?.report;
	useEffect( () => {
		if ( isTold ) {
			report?.( problem );
		}
	}, [ isTold, report, problem ] );
	const returns = away?.returns ?? 0;
	const [ before ] = useState( returns );
	useEffect( () => {
		if ( isTold && returns > before ) {
			onRetry?.();
		}
		// eslint-disable-next-line react-hooks/exhaustive-deps -- once for each return, with what is drawn then
	}, [ returns ] );
	return isTold;
}
