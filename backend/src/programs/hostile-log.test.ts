import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hostileText } from '../../test-fixtures/hostile-text.ts';
import { followPiece, readPiece } from '../ledger/read-piece.ts';
import { isFailure } from '../errors.ts';
import { parseLogPiece } from './log-piece.ts';

const base64 = ( text: string | Buffer ) => Buffer.from( text ).toString( 'base64' );
/** What nobody sees and what turns a line round; half a character, which no database takes. */
const harmful = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
/** The longest that anything of a message may be: an address. */
const longest = 320;

const text = fc.oneof(
	hostileText( 'shop@example.com' ),
	fc.constantFrom(
		'\u202egnp.exe',
		'<img src=x onerror=alert(1)>',
		'"><script>alert(1)</script>',
		'1'.repeat( 5000 )
	),
	fc.constantFrom( 'x'.repeat( 200_000 ), '\ud83d\ude00'.repeat( 2000 ), '5.7.8', '4jdW2W0001zs7Y7', 'removed' )
);
const daemon = fc.constantFrom(
	'pickup',
	'qmgr',
	'smtp',
	'cleanup',
	'postsuper',
	'bounce',
	'smtpd',
	'error',
	'tlsproxy'
);
/** Lines of Postfix in which everything that others have a say in is theirs. */
const said = fc
	.tuple( daemon, fc.constantFrom( '4jdW2W0001zs7Y7', 'ABCDEF12', 'x' ), text, text, text )
	.map( ( [ service, id, one, two, three ] ) => {
		const words: Record< string, string > = {
			pickup: `uid=1001 from=<${ one }>`,
			qmgr: `from=<${ one }>, size=282, nrcpt=1 (queue active)`,
			smtp: `to=<${ one }>, relay=${ two }[192.0.2.1]:587, delay=1, delays=0/0/0/0, dsn=${ three.slice(
				0,
				40
			) }, status=deferred (host ${ two } said: 451 ${ three })`,
			cleanup: `info: header From: "${ two }" <${ one }@example.com> from local; from=<${ one }> to=<${ three }>`,
			error: `to=<${ one }>, orig_to=<${ two }>, relay=none, delay=1, delays=0/0/0/0, dsn=5.1.1, status=bounced (${ three })`,
			bounce: `sender non-delivery notification: ${ one }`,
		};
		return `Nov 30 17:18:43 web1 postfix/${ service }[7]: ${ id }: ${ words[ service ] ?? one }`;
	} );
const tlsVersion = text.map(
	( one ) =>
		`Nov 30 17:18:43 web1 postfix/smtp[7]: Trusted TLS connection established to p[192.0.2.1]:587: TLSv1${ '.3'.repeat(
			one.length
		) } with cipher x (256/256 bits)`
);

/** Every text in it. */
const textsOf = ( value: unknown ): string[] =>
	typeof value === 'string'
		? [ value ]
		: value && typeof value === 'object'
		? Object.values( value ).flatMap( textsOf )
		: [];

test( 'whatever a mail log says of a message is harmless text of a bounded length, or nothing', () => {
	let read = 0;
	fc.assert(
		fc.property( fc.array( fc.oneof( said, tlsVersion, text ), { minLength: 1, maxLength: 8 } ), ( lines ) => {
			const log = Buffer.from( `${ lines.join( '\n' ) }\n` );
			const stdout = [
				'log_follows yes',
				'log_clock 1796058000 +0000',
				`log_place 0 ${ log.length }`,
				`log_start ${ base64( log.subarray( 0, 256 ) ) }`,
				`log_bytes ${ base64( gzipSync( log ) ) }`,
				'log_user 1001 shop',
				'end',
			].join( '\n' );
			try {
				const piece = parseLogPiece( stdout, { head: '', position: 0 } );
				const mails = piece ? followPiece( readPiece( piece.lines, piece.clock ), new Map() ) : [];
				read += mails.length;
				for ( const one of textsOf( mails ) ) {
					expect( one ).not.toMatch( harmful );
					expect( [ one.isWellFormed(), one.length <= longest ] ).toEqual( [ true, true ] );
				}
			} catch ( error ) {
				if ( ! isFailure( error, 'server_answer_not_understood' ) ) {
					throw error;
				}
			}
		} ),
		{ numRuns: 400 }
	);
	expect( read ).toBeGreaterThan( 100 );
} );
