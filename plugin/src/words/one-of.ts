/**
 * A code that somebody told, where there is a sentence for it; undefined for any other. The sentences are asked, not the
 * contract's list of codes: as a value that would bring its schemas and their library to the browser.
 */
export function oneOf< Code extends string >( sentences: Record< Code, unknown >, told: unknown ): Code | undefined {
	return typeof told === 'string' && Object.hasOwn( sentences, told ) ? ( told as Code ) : undefined;
}
