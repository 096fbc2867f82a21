import type { Tone } from '../words/states.ts';
import { pillClass } from './pill-class.ts';

/** A word and a colour; the word alone says it all. */
export function Pill( { word, tone }: { word: string; tone: Tone } ) {
	return <span className={ pillClass( tone ) }>{ word }</span>;
}
