import { useEffect, useRef } from '@wordpress/element';
import { speak } from '@wordpress/a11y';
import { stepWords } from '../words/steps.ts';
import type { StepRow } from './steps.ts';

/** Tells a screen reader, politely, of each step that is done. What was done before this visit stays silent. */
export function useAnnouncements( rows: StepRow[], active: boolean ): void {
	const last = rows.at( -1 );
	const words = last ? stepWords( last.step )[ last.state === 'done' ? 'done' : 'doing' ] : '';
	const spoken = useRef( words );
	useEffect( () => {
		if ( active && words && words !== spoken.current ) {
			speak( words, 'polite' );
		}
		spoken.current = words;
	}, [ words, active ] );
}
