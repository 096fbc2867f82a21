import { fieldSentence } from '../words/field-problems.ts';
import type { Problem } from './problem.ts';

/** Sentences beside fields, by the field's name. */
export type FieldSentences = Partial< Record< string, string > >;

/**
 * Why fields were refused. `prefix` is the object they were sent in (`settings`); a choice such as
 * `settings.password.value` belongs to its field `password`.
 */
export function fieldSentencesOf( problem: Problem | null, prefix: string ): FieldSentences {
	const sentences: FieldSentences = {};
	for ( const { path, problem: code } of problem?.fields ?? [] ) {
		const inside =
			prefix === '' ? path : path.startsWith( `${ prefix }.` ) ? path.slice( prefix.length + 1 ) : null;
		if ( inside === null ) {
			continue;
		}
		const parts = inside.split( '.' ).filter( ( part ) => part !== 'value' && part !== 'use' );
		const name = parts.at( -1 ) ?? inside;
		sentences[ name ] ??= fieldSentence( code );
	}
	return sentences;
}
