/** Leads to one field of a form by its name, or to the first. What it is folded into opens. */
export function leadTo( place: Element | null, name?: string ): void {
	const which = name === undefined ? 'input, select, textarea' : `[data-field="${ name }"]`;
	const field = place?.querySelector< HTMLElement >( which );
	const fold = field?.closest( 'details' );
	if ( fold ) {
		fold.open = true;
	}
	field?.scrollIntoView( { block: 'center' } );
	field?.focus( { preventScroll: true } );
}
