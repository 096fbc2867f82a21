import { sql, type RawBuilder } from 'kysely';
import { hashed, type Hash } from './addresses.ts';

/** As in the index of recipients. */
const indexedLength = 12;

/** An address that is kept as a hash is found by nothing but the whole address. */
export function named( column: 'recipient' | 'sender', text: string, hash: Hash | null ): RawBuilder< unknown > {
	const whole = matches( column, text );
	return hash !== null && /.@./.test( text )
		? sql`(${ whole } or ${ matches( column, hashed( text, hash ) ) })`
		: whole;
}

/** `@domain`, or how an address begins: a whole one begins like itself. */
function matches( column: 'recipient' | 'sender', text: string ): RawBuilder< unknown > {
	const value = sql`lower(${ sql.ref( `m.${ column }` ) })`;
	if ( text.startsWith( '@' ) ) {
		return sql`substring(${ value } from '[^@]*$') = ${ text.slice( 1 ) }`;
	}
	// as LIKE does with what begins like it, but without its signs; the index of recipients holds beginnings
	const begins = ( of: RawBuilder< unknown >, like: string ) =>
		sql`${ of } ~>=~ ${ like } and ${ of } ~<~ ${ afterPrefix( like ) }`;
	if ( column === 'sender' ) {
		return begins( value, text );
	}
	const indexed = sql`"left"(${ value }, ${ sql.lit( indexedLength ) })`;
	return text.length < indexedLength
		? begins( indexed, text )
		: sql`${ indexed } = ${ text.slice( 0, indexedLength ) } and ${ begins( value, text ) }`;
}

/** The least text after all that begin like this one. */
function afterPrefix( text: string ): string {
	const points = [ ...text ];
	const last = points.pop()?.codePointAt( 0 ) ?? 0;
	const next = last + 1 >= 0xd800 && last + 1 <= 0xdfff ? 0xe000 : last + 1;
	return next > 0x10ffff ? afterPrefix( points.join( '' ) ) : points.join( '' ) + String.fromCodePoint( next );
}
