import type { SenderCheck } from '@email-gateway/shared';
import type { Zone } from './spf.ts';

/** The domain and those above it, down to two labels: where a DMARC record may be (RFC 9091's tree walk, shortened). */
export function domainsUpwards( domain: string ): string[] {
	const labels = domain.split( '.' );
	return labels
		.slice( 0, -1 )
		.map( ( _label, from ) => labels.slice( from ).join( '.' ) )
		.slice( 0, 8 );
}

export const dmarcName = ( domain: string ) => `_dmarc.${ domain }`;

const tag = ( record: string, name: string ) =>
	new RegExp( `;\\s*${ name }\\s*=\\s*(none|quarantine|reject)\\s*(;|$)`, 'i' ).exec( record )?.[ 1 ]?.toLowerCase();

/** The record that counts for a domain: its own, else the nearest above it, whose `sp` is meant for it. */
export function dmarcOf( domain: string, zone: Zone ): SenderCheck[ 'dmarc' ] {
	for ( const at of domainsUpwards( domain ) ) {
		const answer = zone.get( dmarcName( at ) ) ?? 'no_answer';
		if ( answer === 'no_answer' ) {
			return { state: 'cannot_tell', policy: null, at: null };
		}
		const records =
			answer === 'no_such_name'
				? []
				: // without a policy it is none (RFC 7489, 6.6.3)
				  answer.filter( ( text ) => /^v=DMARC1\s*;/i.test( text ) && tag( text, 'p' ) );
		const [ record ] = records;
		if ( records.length > 1 ) {
			return { state: 'several_records', policy: null, at };
		}
		if ( record !== undefined ) {
			const policy = ( at === domain ? undefined : tag( record, 'sp' ) ) ?? tag( record, 'p' ) ?? 'none';
			return { state: 'found', policy: policy as 'none' | 'quarantine' | 'reject', at };
		}
	}
	return { state: 'missing', policy: null, at: null };
}
