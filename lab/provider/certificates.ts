import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../system/run.ts';

/** What the provider can show: one that is right, and three that a mail server must refuse. */
export const certificateKinds = [ 'good', 'expired', 'wrong_name', 'self_signed' ] as const;

export type CertificateKind = ( typeof certificateKinds )[ number ];

/**
 * Makes the provider's certificate authority and all its certificates, unless they are there.
 *
 * @param  folder where they are kept
 * @param  host   the name that the certificates are for
 * @return the certificate of the authority, which clients shall trust
 */
export async function ensureCertificates( folder: string, host: string ): Promise< string > {
	const caFile = join( folder, 'ca.crt' );
	// Written last, so that an interrupted run is done again.
	const done = join( folder, 'complete' );
	if ( existsSync( done ) ) {
		return caFile;
	}
	mkdirSync( folder, { recursive: true, mode: 0o700 } );
	const openssl = ( ...args: string[] ) => run( [ 'openssl', ...args ], { cwd: folder } );
	const newKey = [ '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc' ];
	await openssl(
		...[ 'req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '3650' ],
		...[ '-subj', '/CN=Email Gateway lab authority' ],
		...[ '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign' ]
	);
	await openssl(
		...[ 'req', '-x509', ...newKey, '-keyout', 'self_signed.key', '-out', 'self_signed.crt' ],
		...[ '-days', '825', '-subj', `/CN=${ host }`, '-addext', `subjectAltName=DNS:${ host }` ]
	);
	const signed = { good: host, expired: host, wrong_name: `other.${ host }` };
	for ( const [ kind, name ] of Object.entries( signed ) ) {
		const dates =
			kind === 'expired' ? [ '20200101000000Z', '20210101000000Z' ] : [ '20240101000000Z', '20440101000000Z' ];
		writeFileSync( join( folder, `${ kind }.cnf` ), caConfig( kind, name ) );
		writeFileSync( join( folder, `${ kind }.index` ), '' );
		await openssl(
			...[
				'req',
				'-new',
				...newKey,
				'-keyout',
				`${ kind }.key`,
				'-out',
				`${ kind }.csr`,
				'-subj',
				`/CN=${ name }`,
			]
		);
		// `openssl ca` is the one command in all versions that takes dates in the past.
		await openssl(
			...[
				'ca',
				'-batch',
				'-notext',
				'-config',
				`${ kind }.cnf`,
				'-in',
				`${ kind }.csr`,
				'-out',
				`${ kind }.crt`,
			],
			...[ '-cert', 'ca.crt', '-keyfile', 'ca.key', '-outdir', '.', '-md', 'sha256' ],
			...[ '-startdate', dates[ 0 ] ?? '', '-enddate', dates[ 1 ] ?? '' ]
		);
	}
	writeFileSync( done, '' );
	return caFile;
}

/** @return one certificate and its key, in PEM */
export function readCertificate( folder: string, kind: CertificateKind ): { cert: Buffer; key: Buffer } {
	return {
		cert: readFileSync( join( folder, `${ kind }.crt` ) ),
		key: readFileSync( join( folder, `${ kind }.key` ) ),
	};
}

function caConfig( kind: string, name: string ): string {
	return [
		'[ca]',
		'default_ca = lab',
		'[lab]',
		`database = ${ kind }.index`,
		'policy = any',
		'unique_subject = no',
		'rand_serial = yes',
		'x509_extensions = server',
		'[any]',
		'commonName = supplied',
		'[server]',
		`subjectAltName = DNS:${ name }${ kind === 'good' ? ', DNS:localhost, IP:127.0.0.1' : '' }`,
		'extendedKeyUsage = serverAuth',
		'basicConstraints = CA:FALSE',
		'',
	].join( '\n' );
}
