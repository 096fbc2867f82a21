/** TXT records of a name, each whole; or why there are none. */
export type TxtAnswer = readonly string[] | 'no_such_name' | 'no_answer';
/** What was asked in DNS: lower-case names → TXT records. */
export type Zone = ReadonlyMap< string, TxtAnswer >;

/** Look-ups that RFC 7208 (4.6.4) allows; one more, and receivers ignore the whole record. */
export const lookupsAllowed = 10;
const version = /^v=spf1(?=\s|$)/i;
const terms = ( record: string ) => record.trim().split( /\s+/ ).slice( 1 );
const target = ( term: string ) => /^(?:[+?~-]?include:|redirect=)(\S+)$/i.exec( term )?.[ 1 ]?.toLowerCase() ?? null;
const costsLookup = ( term: string ) => /^([+?~-]?(include:|exists:|(a|mx|ptr)(?=[:/]|$))|redirect=)/i.test( term );
const isEnd = ( term: string ) => /^([+?~-]?all|redirect=.*)$/i.test( term );

/** Whether a record is written as RFC 7208 wants it (mechanisms and modifiers it knows, unknown modifiers included). */
export const isSpfWellFormed = ( record: string ): boolean =>
	terms( record ).every( ( term ) =>
		/^([+?~-]?(all|(include|exists|ip4|ip6):\S+|(a|mx)(:[^/\s]+)?(\/\S+)?|ptr(:\S+)?)|[a-z][a-z0-9_.-]*=\S*)$/i.test(
			term
		)
	);

/** Null where DNS gave no answer. */
export function spfRecords( answer: TxtAnswer | undefined ): string[] | null {
	if ( answer === undefined || answer === 'no_answer' ) {
		return null;
	}
	return answer === 'no_such_name' ? [] : answer.filter( ( text ) => version.test( text ) );
}

/** Names whose records one must read to know what a record means; macros cannot be looked up. */
export const spfTargets = ( record: string ): string[] =>
	terms( record )
		.map( target )
		.filter( ( name ) => name !== null && ! name.includes( '%' ) ) as string[];

interface Followed {
	names: Set< string >;
	lookups: number;
	/** False where one of the records could not be read. */
	complete: boolean;
	/** One of them leads back to where it came from: an error for receivers (RFC 7208, 4.6.4 and 5.2). */
	loops: boolean;
}

/** Every name that a domain's record leads to, with what it costs. */
export function followSpf( domain: string, record: string, zone: Zone ): Followed {
	const seen: Followed = { names: new Set(), lookups: 0, complete: true, loops: false };
	const follow = ( text: string, way: readonly string[] ) => {
		seen.lookups += terms( text ).filter( costsLookup ).length;
		for ( const name of spfTargets( text ) ) {
			const isNew = ! seen.names.has( name );
			seen.names.add( name );
			const [ found ] = spfRecords( zone.get( name ) ) ?? [];
			if ( way.includes( name ) ) {
				seen.loops = true;
			} else if ( ! found ) {
				seen.complete = false;
			} else if ( isNew && way.length <= lookupsAllowed ) {
				follow( found, [ ...way, name ] );
			}
		}
	};
	follow( record, [ domain ] );
	return seen;
}

/**
 * One record out of those that are there, with one more `include:`. The server's own address is never added: mail
 * leaves through the provider.
 */
export function mergeSpf( records: readonly string[], include: string ): string {
	const found = records.flatMap( terms );
	const middle = [ ...new Set( found.filter( ( term ) => ! isEnd( term ) ) ) ];
	const end = found.find( isEnd ) ?? '~all';
	const added = found.some( ( term ) => target( term ) === include ) ? [] : [ `include:${ include }` ];
	return [ 'v=spf1', ...middle, ...added, end ].join( ' ' );
}
