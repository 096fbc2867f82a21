import { StringDecoder } from 'node:string_decoder';
import { withoutControls } from './text.ts';

export interface LineReader {
	/** Takes the next bytes and hands each line that they complete to `onLine`. Returns false where a line is too long. */
	push( bytes: Buffer ): boolean;
	/** Hands over what stands after the last line feed, if anything. */
	end(): void;
}

/** Cuts a byte stream into lines: UTF-8 (a character may span two chunks), controls stripped, `maxCharacters` a line. */
export function readLines( onLine: ( line: string ) => void, maxCharacters = 65_536 ): LineReader {
	const decoder = new StringDecoder( 'utf8' );
	let rest = '';
	return {
		push( bytes ) {
			// only what is new is searched: a server may send a long line byte by byte
			const parts = decoder.write( bytes ).split( '\n' );
			const last = parts.pop() ?? '';
			for ( const part of parts ) {
				const line = rest + part;
				rest = '';
				if ( line.length > maxCharacters ) {
					return false;
				}
				onLine( withoutControls( line ) );
			}
			rest += last;
			return rest.length <= maxCharacters;
		},
		end() {
			const last = rest + decoder.end();
			rest = '';
			if ( last !== '' ) {
				onLine( withoutControls( last ) );
			}
		},
	};
}
