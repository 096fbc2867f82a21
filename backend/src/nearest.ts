/** Of some words the one that takes the fewest changed, added or left out letters to become `word`. */
export function nearest( word: string, words: string[] ): string {
	const sorted = words.toSorted( ( a, b ) => distance( word, a ) - distance( word, b ) );
	return sorted[ 0 ] ?? '';
}

function distance( a: string, b: string ): number {
	let row = Array.from( { length: b.length + 1 }, ( _each, index ) => index );
	for ( const [ index, letter ] of [ ...a ].entries() ) {
		const next = [ index + 1 ];
		for ( const [ at, other ] of [ ...b ].entries() ) {
			const changed = ( row[ at ] ?? 0 ) + ( letter === other ? 0 : 1 );
			next.push( Math.min( changed, ( row[ at + 1 ] ?? 0 ) + 1, ( next[ at ] ?? 0 ) + 1 ) );
		}
		row = next;
	}
	return row.at( -1 ) ?? 0;
}
