import type { Tone } from '../words/states.ts';

/** A word and a colour; the word alone says it all. */
export function Pill( { word, tone }: { word: string; tone: Tone } ) {
	return <span className={ `email-gateway-pill is-${ tone }` }>{ word }</span>;
}
