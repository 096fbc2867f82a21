import type { ErrorDetail } from '@email-gateway/shared';

/** The first of these keys that a detail holds, as text; '' where it holds none of them. */
export function fact( detail: ErrorDetail, ...keys: string[] ): string {
	for ( const key of keys ) {
		const value = detail[ key ];
		if ( Array.isArray( value ) && value.length > 0 ) {
			return value.join( ', ' );
		}
		if ( typeof value === 'string' || typeof value === 'number' ) {
			return String( value );
		}
	}
	return '';
}
