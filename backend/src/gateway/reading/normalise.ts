import { withoutAccents } from './pattern.ts';

const longest = 2_048;
const address = /<?[^\s<>()"']{1,64}@[a-z0-9.-]{1,255}>?/gi;
const url = /\bhttps?:\/\/([^\s/?#]{1,255})/gi;
const host = /\b([a-z0-9_-]{1,63}\.){1,8}[a-z]{2,12}\b/g;
/** Names of hosts that are words, too. */
const isWord = /spam|openspf|surbl|uribl|sorbs|barracuda|proofpoint|greylist|\bbl\b|rbl/;

/**
 * A reply as the lexicon reads it: one line, with codes, addresses, hosts and ids out of the way, so that a name in them
 * is not taken for a word. The words of a URL's path stay.
 */
export function normalise( reply: string ): string {
	const text = reply
		.slice( 0, longest )
		.replace( /[À-ÿ]/g, withoutAccents )
		.replace( /[\r\n?]+(?=[245]\d\d[- ])/g, ' ' )
		.replace( /(^|\s)[245]\d\d[- ]([245]\.\d{1,3}\.\d{1,3}(?![\d.]))?/g, ' ' )
		.replace( address, 'x@x' )
		.replace( url, ( whole, name: string ) => ( isWord.test( name ) ? whole : 'https://x.x' ) )
		.replace( host, ( whole ) => ( isWord.test( whole ) ? whole : 'x.x' ) );
	return ` ${ text }`;
}

const link = /\bhttps?:\/\/[^\s<>"]{1,512}/gi;

/** Without links: their words are a page's name and say less than the sentence. Those of a blocklist stay. */
export const withoutLinks = ( text: string ): string =>
	text.replace( link, ( whole ) => ( isWord.test( whole.split( '/' )[ 2 ] ?? '' ) ? whole : '' ) );

export interface Codes {
	/** Three digits; null where the text begins with none. */
	code: string | null;
	/** RFC 3463 code without its class; null where there is none, or where it says nothing. */
	enhanced: string | null;
}

export function codesOf( reply: string ): Codes {
	const [ , code = null, enhanced = null ] =
		/^\s*([245]\d\d)(?:[- ]+#?[245]\.(\d{1,3}\.\d{1,3})(?![\d.]))?/.exec( reply ) ?? [];
	return { code, enhanced: enhanced === '0.0' ? null : enhanced };
}
