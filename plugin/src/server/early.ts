import { pastedHost } from '../connection/pasted-host.ts';
import type { ConnectionValues } from '../connection/form.ts';

type Early = Partial< Pick< ConnectionValues, 'host' | 'sshPort' | 'sshUser' > >;

let typed: Early = {};

/** What was typed before the script ran; told once. */
export function takeTyped(): Early {
	const taken = typed;
	typed = {};
	return taken;
}

/**
 * Takes over from the fields that PHP printed: what was typed there goes into the form that `draw` puts in their place, and
 * the one that had the focus has it again, with what was selected.
 */
export function takeOver( places: readonly HTMLElement[], draw: () => void ): void {
	const fields = places.flatMap( ( place ) => [
		...place.querySelectorAll< HTMLInputElement >( 'input[data-early]' ),
	] );
	const changed = fields.filter( ( { value, defaultValue } ) => value !== defaultValue );
	typed = Object.fromEntries( changed.map( ( { dataset, value } ) => [ dataset.early, value ] ) );
	typed = { ...typed, ...( typed.host === undefined ? null : pastedHost( typed.host ) ) };
	const active = fields.find( ( field ) => field === document.activeElement );
	const selection = [ active?.selectionStart ?? null, active?.selectionEnd ?? null ] as const;
	places.forEach( ( place ) => place.replaceChildren() );
	draw();
	const drawn =
		active && document.querySelector< HTMLInputElement >( `input[data-field="${ active.dataset.early }"]` );
	drawn?.focus( { preventScroll: true } );
	drawn?.setSelectionRange( ...selection );
}
