import { useEffect, useState } from '@wordpress/element';

/** The time, renewed each second while `running`. Milliseconds since the epoch. */
export function useSeconds( running: boolean ): number {
	const [ nowMs, setNowMs ] = useState( () => Date.now() );
	useEffect( () => {
		if ( ! running ) {
			return;
		}
		const timer = setInterval( () => setNowMs( Date.now() ), 1000 );
		return () => clearInterval( timer );
	}, [ running ] );
	return nowMs;
}
