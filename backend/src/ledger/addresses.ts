import type { MailAddressForm, WaitingReason } from '@email-gateway/shared';

// How addresses lie in the table. What a log says has no control characters, so none of these is an address of anyone.
const domainMark = '\u0001';
const hashMark = '\u0002';
const erasedMark = '\u0003';

/** Keyed digest, hex; the same text has the same one. */
export type Hash = ( text: string ) => string;

const hashLength = 32;
const tagLength = 8;

/** An exact address in its hashed form. */
export const hashed = ( address: string, hash: Hash ): string =>
	`${ hashMark }${ hash( `address ${ address.toLowerCase() }` ).slice( 0, hashLength ) }`;

/** What is left of an address that was erased; `n` keeps the recipients of a message apart. */
export const erased = ( n: number ): string => `${ erasedMark }${ n }`;

/** Whether it is in another form than whole. */
export const isShort = ( text: string ): boolean => /^[\u0001-\u0003]/.test( text );
const isWhole = ( text: string ) => ! isShort( text );
const domainOf = ( address: string ) => address.slice( address.lastIndexOf( '@' ) );

/**
 * An address as it is kept. One that was shortened before stays so, but for a domain where only hashes are kept.
 * @param of what it belongs to: within it, and nowhere else, the same address is known to be the same
 */
export function kept( text: string, form: MailAddressForm, { of, hash }: { of: string; hash: Hash } ): string {
	// a sender that is empty is that of a notice
	if ( form === 'whole' || text === '' ) {
		return text;
	}
	if ( form === 'hashed' ) {
		return isWhole( text ) || text.startsWith( domainMark ) ? hashed( text, hash ) : text;
	}
	if ( ! isWhole( text ) ) {
		return text;
	}
	const tag = hash( `${ of } ${ text.toLowerCase() }` ).slice( 0, tagLength );
	return `${ domainMark }${ tag }${ text.includes( '@' ) ? domainOf( text ) : '' }`;
}

/** As a person sees it; null: it was erased. */
export function shown( text: string ): string | null {
	switch ( text[ 0 ] ) {
		case domainMark:
			return text.includes( '@' ) ? domainOf( text ) : '…';
		case hashMark:
			return `#${ text.slice( 1, 13 ) }`;
		case erasedMark:
			return null;
	}
	return text;
}

const anyAddress = /[^\s<>"'(),;:[\]\\]+@([A-Za-z0-9.-]+)/g;

/** Words of a provider without addresses. Where these are in another form, the part before the @ may still stand alone. */
export function withoutAddresses( text: string, form: MailAddressForm, address: string | null ): string {
	if ( form === 'whole' ) {
		return text;
	}
	const short = text.replace( anyAddress, ( _, domain: string ) => ( form === 'domains' ? `…@${ domain }` : '…@…' ) );
	const local = address === null || ! isWhole( address ) ? '' : address.slice( 0, address.lastIndexOf( '@' ) );
	return local.length < 3 ? short : short.replace( alone( local ), '…' );
}

/** Why mail waits, told without addresses where these are not kept whole. */
export const shortReasons = ( reasons: readonly WaitingReason[], form: MailAddressForm ): WaitingReason[] =>
	reasons.map( ( one ) => ( { ...one, reply: withoutAddresses( one.reply, form, null ) } ) );

const alone = ( word: string ) =>
	new RegExp( `(?<![A-Za-z0-9])${ word.replace( /[\\^$.*+?()[\]{}|/-]/g, '\\$&' ) }(?![A-Za-z0-9])`, 'gi' );
