/** `1,204` in the language of the page. */
export const wholeNumber = ( value: number ): string =>
	new Intl.NumberFormat( typeof document === 'undefined' ? 'en' : document.documentElement.lang || 'en' ).format(
		value
	);
