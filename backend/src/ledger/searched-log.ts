import { sql } from 'kysely';

/** A log that is searched, and since when: nothing older is found. */
export interface SearchedLog {
	log: number;
	since: Date | null;
	/** Of what arrived before, words of the provider are not shown: what they say is not found, either. */
	withheldUntil: Date | 'infinity' | null;
}

/** Whether a row is of mail whose provider's words are not shown: see `SearchedLog`. */
export const isWithheld = sql`(m.at < coalesce(l.withheld, '-infinity'))`;

/** Rows of `l`. */
export const searched = ( logs: readonly SearchedLog[] ) => {
	const places = logs.map( ( { log, since, withheldUntil: withheld } ) => ( { log, since, withheld } ) );
	return sql`json_to_recordset(${ JSON.stringify(
		places
	) }::json) as l(log integer, since timestamptz, withheld timestamptz)`;
};
