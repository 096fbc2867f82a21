import { useEffect, useRef } from '@wordpress/element';
import type { Form } from '../ui/form-area.tsx';
import { useLatest } from '../ui/use-latest.ts';
import { keepInMind } from './unsaved.ts';

/** Asks before a form with something unsaved is left, or saved around. */
export function useUnsaved( title: string, isDirty: boolean, { focus }: Form ): void {
	const form = useRef( Symbol( title ) ).current;
	const lead = useLatest( focus );
	useEffect( () => {
		keepInMind( form, isDirty ? { title, show: () => lead.current() } : null );
		return () => keepInMind( form, null );
	}, [ form, title, isDirty, lead ] );
}
