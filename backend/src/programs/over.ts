/** `UID WHY SINCE now|before HOUR DAY REFUSED HELD FIRST` of caps.sh; refused as a fact where it is anything else. */
export function parseOver( line: string ) {
	const [ uid, why, since, when, hour, day, refused, held, first ] = line.split( ' ' );
	const number = ( word: string | undefined ) => Number( word || 'missing' );
	return {
		...{ uid: number( uid ), why, since: number( since ), isOver: when === 'now' },
		...{ hour: number( hour ), day: number( day ), refused: number( refused ), held: number( held ) },
		first: first === '-' ? null : first,
	};
}
