import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labNetwork } from '../network/addresses.ts';
import { labPath } from '../system/paths.ts';
import { run } from '../system/run.ts';
import { autoconfigHosts } from './autoconfig.ts';

interface Recipe {
	/** DNS names and addresses, as subjectAltName wants them. */
	names: string;
	/** `YYYYMMDDHHMMSSZ`; today lies between unless the recipe says otherwise. */
	from?: string;
	until?: string;
	/** Who signs it; its own authority unless told. `itself`: nobody. */
	by?: 'ca' | 'stranger' | 'middle' | 'itself';
	/** Whether the signer's certificate is shown along. */
	withSigner?: boolean;
}

/** What the provider can show: one that is right, and those that a mail server must refuse. */
export const certificateKinds = [
	...( [ 'good', 'expired', 'not_yet_valid', 'wrong_name', 'self_signed' ] as const ),
	/** By an authority that nobody trusts, as a firewall shows that reads along. */
	'intercepted',
	/** The provider forgot to show the certificate between its own and the authority's. */
	'incomplete_chain',
] as const;

export type CertificateKind = ( typeof certificateKinds )[ number ];

function recipes( host: string ): Record< CertificateKind | 'web' | 'alerts', Recipe > {
	const names = `DNS:${ host }`;
	const domain = host.slice( host.indexOf( '.' ) + 1 );
	return {
		good: { names: `${ names }, DNS:*.${ domain }, DNS:localhost, IP:127.0.0.1` },
		expired: { names, from: '20200101000000Z', until: '20210101000000Z' },
		not_yet_valid: { names, from: '20430101000000Z' },
		wrong_name: { names: `DNS:other.${ host }` },
		self_signed: { names, by: 'itself' },
		intercepted: { names, by: 'stranger', withSigner: true },
		incomplete_chain: { names, by: 'middle' },
		// not the provider's: the hosts that tell mail programs their settings
		web: { names: autoconfigHosts.map( ( name ) => `DNS:${ name }` ).join( ', ' ) },
		// who is told, by address: no name of the lab is known where the backend looks names up
		alerts: { names: `DNS:alerts.${ domain }, IP:${ labNetwork( labPath ).alertsAddress }, IP:127.0.0.1` },
	};
}

/**
 * Makes the provider's certificate authority once, and each certificate whose recipe is another than when it was made.
 *
 * @param  folder where they are kept
 * @param  host   the name that the certificates are for
 * @return the certificate of the authority, which clients shall trust
 */
export async function ensureCertificates( folder: string, host: string ): Promise< string > {
	mkdirSync( folder, { recursive: true, mode: 0o700 } );
	const openssl = ( ...args: string[] ) => run( [ 'openssl', ...args ], { cwd: folder } );
	await ensureAuthority( 'ca', 'Email Gateway lab authority' );
	await ensureAuthority( 'stranger', 'Some firewall' );
	await ensureAuthority( 'middle', 'Email Gateway lab intermediate authority', 'ca' );
	for ( const [ name, recipe ] of Object.entries( recipes( host ) ) ) {
		await ensureCertificate( name, recipe );
	}
	return join( folder, 'ca.crt' );

	async function ensureAuthority( name: string, commonName: string, by?: string ) {
		if ( existsSync( join( folder, `${ name }.crt` ) ) ) {
			return;
		}
		await openssl(
			...[ 'req', '-x509', ...newKey( name ), '-out', `${ name }.new`, '-days', '3650' ],
			...[ '-subj', `/CN=${ commonName }`, ...( by ? [ '-CA', `${ by }.crt`, '-CAkey', `${ by }.key` ] : [] ) ],
			...[ '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign' ]
		);
		// So that an interrupted run is done again.
		renameSync( join( folder, `${ name }.new` ), join( folder, `${ name }.crt` ) );
	}

	async function ensureCertificate( name: string, recipe: Recipe ) {
		const { names, from = '20240101000000Z', until = '20440101000000Z', by = 'ca', withSigner = false } = recipe;
		const made = join( folder, `${ name }.recipe` );
		if ( existsSync( made ) && readFileSync( made, 'utf8' ) === JSON.stringify( recipe ) ) {
			return;
		}
		const signer = by === 'itself' ? name : by;
		writeFileSync( join( folder, `${ name }.cnf` ), caConfig( name, names ) );
		writeFileSync( join( folder, `${ name }.index` ), '' );
		await openssl(
			'req',
			'-new',
			...newKey( name ),
			'-out',
			`${ name }.csr`,
			'-subj',
			`/CN=${ firstOf( names ) }`
		);
		// `openssl ca` is the one command in all versions that takes dates in the past.
		await openssl(
			...[
				'ca',
				'-batch',
				'-notext',
				'-config',
				`${ name }.cnf`,
				'-in',
				`${ name }.csr`,
				'-out',
				`${ name }.crt`,
			],
			...( by === 'itself' ? [ '-selfsign' ] : [ '-cert', `${ signer }.crt` ] ),
			...[ '-keyfile', `${ signer }.key`, '-outdir', '.', '-md', 'sha256', '-startdate', from, '-enddate', until ]
		);
		if ( withSigner ) {
			const chain = [ name, signer ].map( ( part ) => readFileSync( join( folder, `${ part }.crt` ), 'utf8' ) );
			writeFileSync( join( folder, `${ name }.crt` ), chain.join( '' ) );
		}
		writeFileSync( made, JSON.stringify( recipe ) );
	}
}

/** @return one certificate (with its chain, if it has one) and its key, in PEM */
export function readCertificate( folder: string, kind: CertificateKind | 'web' ): { cert: Buffer; key: Buffer } {
	return {
		cert: readFileSync( join( folder, `${ kind }.crt` ) ),
		key: readFileSync( join( folder, `${ kind }.key` ) ),
	};
}

function newKey( name: string ): string[] {
	return [ '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout', `${ name }.key` ];
}

const firstOf = ( names: string ) => names.split( ', ' )[ 0 ]?.replace( 'DNS:', '' ) ?? '';

function caConfig( name: string, names: string ): string {
	return [
		'[ca]',
		'default_ca = lab',
		'[lab]',
		`database = ${ name }.index`,
		'policy = any',
		'unique_subject = no',
		'rand_serial = yes',
		'x509_extensions = server',
		'[any]',
		'commonName = supplied',
		'[server]',
		`subjectAltName = ${ names }`,
		'extendedKeyUsage = serverAuth',
		'basicConstraints = CA:FALSE',
		'',
	].join( '\n' );
}
