import type { Answer, Question } from 'dns-packet';
import type { Records, Zones } from './zones.ts';

/** RFC 1035, 4.1.1. */
const codes = { noError: 0, serverFailure: 2, noSuchName: 3 };

const ttlSeconds = 60;

/**
 * What the zones say to one question, aliases followed as a resolver does.
 *
 * @return the response code of DNS, and the records where it is 0
 */
export function answersIn( zones: Zones, { name: asked, type }: Question ): { code: number; answers: Answer[] } {
	const answers: Answer[] = [];
	let name = asked.toLowerCase();
	// an alias of an alias of … ends somewhere, or somebody made a loop
	for ( let steps = 0; steps < 8; steps++ ) {
		const records = zones[ name ];
		if ( records === undefined ) {
			return { code: hasNameBelow( zones, name ) ? codes.noError : codes.noSuchName, answers };
		}
		if ( records.broken ) {
			return { code: codes.serverFailure, answers: [] };
		}
		answers.push( ...matching( name, records, type ) );
		if ( records.CNAME === undefined || type === 'CNAME' ) {
			return { code: codes.noError, answers };
		}
		answers.push( { type: 'CNAME', name, ttl: ttlSeconds, data: records.CNAME } );
		name = records.CNAME;
	}
	return { code: codes.serverFailure, answers: [] };
}

/** `_tcp.example.test` has no records of its own, and exists all the same. */
function hasNameBelow( zones: Zones, name: string ): boolean {
	return Object.keys( zones ).some( ( known ) => known.endsWith( `.${ name }` ) );
}

function matching( name: string, records: Records, type: Question[ 'type' ] ): Answer[] {
	const own = { name, ttl: ttlSeconds };
	switch ( type ) {
		case 'A':
		case 'AAAA':
			return ( records[ type ] ?? [] ).map( ( data ) => ( { ...own, type, data } ) );
		case 'CNAME':
			return records.CNAME === undefined ? [] : [ { ...own, type, data: records.CNAME } ];
		case 'MX':
			return ( records.MX ?? [] ).map( ( data ) => ( { ...own, type, data } ) );
		case 'SRV':
			return ( records.SRV ?? [] ).map( ( data ) => ( { ...own, type, data } ) );
		case 'TXT':
			return ( records.TXT ?? [] ).map( ( text ) => ( {
				...own,
				type,
				data: text.match( /.{1,255}/gs ) ?? [],
			} ) );
		default:
			return [];
	}
}
