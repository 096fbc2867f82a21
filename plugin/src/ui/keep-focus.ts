import type { RefObject } from 'react';
import { useEffect } from '@wordpress/element';

/**
 * Keeps the keyboard in its place. When the element with the focus goes (a button whose work is done), the browser
 * gives the focus to the whole page and the next Tab begins at its top: what was around the element takes it instead.
 */
export function useKeptFocus( place: RefObject< HTMLElement > ): void {
	useEffect( () => {
		const root = place.current;
		if ( ! root ) {
			return;
		}
		let around: HTMLElement[] = [];
		const remember = ( { target }: FocusEvent ) => {
			around = [];
			for ( let one = target as HTMLElement | null; one && one !== root; one = one.parentElement ) {
				around.push( one );
			}
			around.push( root );
		};
		const restore = () => {
			if ( around[ 0 ]?.isConnected !== false || document.activeElement !== document.body ) {
				return;
			}
			const next = around.find( ( one ) => one.isConnected );
			around = [];
			if ( next && ! next.matches( 'a, button, input, select, textarea, summary, [tabindex]' ) ) {
				next.tabIndex = -1;
			}
			next?.focus( { preventScroll: true } );
		};
		root.addEventListener( 'focusin', remember );
		const observer = new MutationObserver( restore );
		observer.observe( root, { childList: true, subtree: true } );
		return () => {
			root.removeEventListener( 'focusin', remember );
			observer.disconnect();
		};
	}, [ place ] );
}
