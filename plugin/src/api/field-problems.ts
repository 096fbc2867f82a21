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
		sentences[ fieldNameOf( inside ) ] ??= fieldSentence( code, fieldNameOf( inside ) );
	}
	return sentences;
}

/** `settings.password.value` is of the field `password`, `rules.allowed.1` of `allowed`. */
export function fieldNameOf( path: string ): string {
	const parts = path.split( '.' ).filter( ( part ) => part !== 'value' && part !== 'use' && ! /^\d+$/.test( part ) );
	return parts.at( -1 ) ?? path;
}

/** What is left of a refusal after some fields were changed; null where nothing is. */
export function withoutFields( problem: Problem, names: readonly string[] ): Problem | null {
	if ( names.length === 0 ) {
		return problem;
	}
	const fields = problem.fields.filter( ( { path } ) => ! names.includes( fieldNameOf( path ) ) );
	return fields.length > 0 ? { ...problem, fields } : null;
}

/** The names of the values that differ. */
export function changedNames< Values extends object >( before: Values, after: Values ): string[] {
	return Object.keys( after ).filter( ( name ) => before[ name as keyof Values ] !== after[ name as keyof Values ] );
}
