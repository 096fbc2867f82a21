import type { RefObject } from 'react';
import { useEffect, useRef } from '@wordpress/element';
import { keepInMind } from './unsaved.ts';

/** Asks before a form with something unsaved is left, or saved around. `place` is where its fields are. */
export function useUnsaved( title: string, isDirty: boolean, place: RefObject< HTMLElement > ): void {
	const form = useRef( Symbol( title ) ).current;
	useEffect( () => {
		const show = () => {
			const first = place.current?.querySelector< HTMLElement >( 'input, select, textarea' );
			first?.scrollIntoView( { block: 'center' } );
			first?.focus();
		};
		keepInMind( form, isDirty ? { title, show } : null );
		return () => keepInMind( form, null );
	}, [ form, title, isDirty, place ] );
}
