import { _x } from '@wordpress/i18n';

/** `a, b`; “unknown” for an empty list, and where a backend of another version tells none. */
export const listed = ( names: readonly string[] | undefined ): string =>
	names?.join( ', ' ) || _x( 'unknown', 'value', 'email-gateway' );
