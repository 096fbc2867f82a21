import { useCallback, useEffect, useMemo, useRef, useState } from '@wordpress/element';
import { call } from '../api/call.ts';
import { problemFrom, type Problem } from '../api/problem.ts';
import { thisPage } from '../page.ts';
import { isOfTheWay, type Away } from '../ui/backend-away.tsx';
import { keepLastKnown, readLastKnown, type KnownView } from './last-known.ts';

export interface Server {
	serverId: number;
	/** What was last told; null until the first answer. */
	known: KnownView | null;
	/** Why the last question was not answered. */
	problem: Problem | null;
	loading: boolean;
	/** Nothing that asks the backend would be answered now; what it told last may be read. */
	away: boolean;
	/** For all parts of the screen: one of them was not answered, or the backend has come back. */
	shared: Away;
	reload: () => void;
}

/** The backend looks at servers while nobody clicks: a page that stays open shows what it saw. */
const againMs = 60_000;
/** While it is away: a person waits for the buttons. */
const soonMs = 10_000;

/** What the page brought along. */
function broughtAlong( serverId: number ): KnownView | null {
	const { view } = thisPage();
	return view?.serverId === serverId ? { view, atMs: Date.now() } : null;
}

/** The view that both cards of a server's screen show. */
export function useServer( serverId: number ): Server {
	const [ known, setKnown ] = useState( () => broughtAlong( serverId ) );
	const [ problem, setProblem ] = useState< Problem | null >( null );
	const [ loading, setLoading ] = useState( known === null );
	const [ returns, setReturns ] = useState( 0 );
	const current = useRef< AbortController | null >( null );
	// a page that was opened behind another one, and looked at a little later, shows what it brought along
	const youngUntilMs = useRef( known === null ? 0 : Date.now() + againMs );

	const reload = useCallback( () => {
		current.current?.abort();
		const stop = new AbortController();
		current.current = stop;
		setLoading( true );
		call( 'readServer', { serverId, signal: stop.signal } )
			.then( ( view ) => {
				const told = { view, atMs: Date.now() };
				setKnown( told );
				setProblem( null );
				keepLastKnown( serverId, told );
			} )
			.catch( ( thrown: unknown ) => {
				if ( ! stop.signal.aborted ) {
					setProblem( problemFrom( thrown ) );
					setKnown( ( before ) => before ?? readLastKnown( serverId ) );
				}
			} )
			.finally( () => ! stop.signal.aborted && setLoading( false ) );
	}, [ serverId ] );

	useEffect( () => {
		const brought = broughtAlong( serverId );
		if ( brought ) {
			keepLastKnown( serverId, brought );
		} else {
			reload();
		}
		return () => current.current?.abort();
	}, [ reload, serverId ] );

	const away = problem !== null && isOfTheWay( problem );
	const shared = useMemo( () => ( { isAway: away, returns, report: setProblem } ), [ away, returns ] );
	const wasAway = useRef( false );
	useEffect( () => {
		if ( wasAway.current && problem === null ) {
			setReturns( ( count ) => count + 1 );
		}
		wasAway.current = away;
	}, [ away, problem ] );
	useEffect( () => {
		const isDue = () => away || Date.now() >= youngUntilMs.current;
		const again = () => document.visibilityState === 'visible' && isDue() && reload();
		const timer = setInterval( again, away ? soonMs : againMs );
		document.addEventListener( 'visibilitychange', again );
		return () => {
			clearInterval( timer );
			document.removeEventListener( 'visibilitychange', again );
		};
	}, [ reload, away ] );

	return { serverId, known, problem, loading, away, shared, reload };
}
