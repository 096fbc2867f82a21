// Only for tests: certificates made anew each time, so that none expires and no key lies in the repository.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Pair {
	cert: string;
	key: string;
}

export interface TestCertificates {
	/** The authority that signed `good`, `expired` and `wrongName`. */
	ca: string;
	good: Pair;
	expired: Pair;
	wrongName: Pair;
	selfSigned: Pair;
	/** Signed by an authority that nobody trusts. */
	untrusted: Pair;
}

/** Makes certificates for one host name with the openssl program. */
export function makeTestCertificates( host: string ): TestCertificates {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-test-' ) );
	const openssl = ( ...words: string[] ) =>
		void execFileSync( 'openssl', words, { cwd: folder, stdio: [ 'ignore', 'ignore', 'pipe' ] } );
	const read = ( name: string ) => readFileSync( join( folder, name ), 'utf8' );
	const newKey = [ '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes' ];
	const authority = ( name: string ) =>
		openssl(
			'req',
			'-x509',
			...newKey,
			'-keyout',
			`${ name }.key`,
			'-out',
			`${ name }.crt`,
			'-days',
			'2',
			'-subj',
			`/CN=${ name }`
		);
	const signed = ( name: string, { by = 'authority', san = host, days = '2' } = {} ): Pair => {
		writeFileSync( join( folder, 'san.cnf' ), `subjectAltName=DNS:${ san }\n` );
		openssl( 'req', ...newKey, '-keyout', `${ name }.key`, '-out', `${ name }.csr`, '-subj', `/CN=${ san }` );
		const signer = [ '-CA', `${ by }.crt`, '-CAkey', `${ by }.key`, '-CAcreateserial' ];
		openssl(
			'x509',
			'-req',
			'-in',
			`${ name }.csr`,
			...signer,
			'-days',
			days,
			'-extfile',
			'san.cnf',
			'-out',
			`${ name }.crt`
		);
		return { cert: read( `${ name }.crt` ), key: read( `${ name }.key` ) };
	};
	try {
		authority( 'authority' );
		authority( 'stranger' );
		openssl(
			'req',
			'-x509',
			...newKey,
			'-keyout',
			'self.key',
			'-out',
			'self.crt',
			'-days',
			'2',
			'-subj',
			`/CN=${ host }`,
			'-addext',
			`subjectAltName=DNS:${ host }`
		);
		const untrusted = signed( 'untrusted', { by: 'stranger' } );
		return {
			ca: read( 'authority.crt' ),
			good: signed( 'good' ),
			expired: signed( 'expired', { days: '-1' } ),
			wrongName: signed( 'wrong', { san: `other.${ host }.test` } ),
			selfSigned: { cert: read( 'self.crt' ), key: read( 'self.key' ) },
			untrusted: { ...untrusted, cert: untrusted.cert + read( 'stranger.crt' ) },
		};
	} finally {
		rmSync( folder, { recursive: true } );
	}
}
