import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkoutPath } from '../system/paths.ts';
import { ar } from './ar.ts';
import { tar, type TarEntry } from './tar.ts';

const home = 'usr/lib/email-gateway-backend';
const doc = 'usr/share/doc/email-gateway-backend';
/** There is no address of ours: SECURITY.md says where to report. */
const maintainer = 'Email Gateway contributors <noreply@email-gateway.invalid>';
const material = join( checkoutPath, 'backend/debian' );
/** Debian's name of what Node was built for. */
const architectures: Partial< Record< NodeJS.Architecture, string > > = { x64: 'amd64', arm64: 'arm64' };

interface Wanted {
	/** A folder that `backendRelease` made. */
	release: string;
	version: string;
	/** Seconds since the epoch. */
	madeAt: number;
}

/** How the package's file is called, such as `email-gateway-backend_0.2.0_amd64.deb`. */
export const debName = ( version: string ) => `email-gateway-backend_${ version }_${ architectureOf() }.deb`;

function architectureOf(): string {
	const architecture = process.platform === 'linux' ? architectures[ process.arch ] : undefined;
	if ( architecture === undefined ) {
		throw new Error( `There is no Debian package for ${ process.platform } on ${ process.arch }.` );
	}
	return architecture;
}

/**
 * The bytes of a Debian package: the release, and the Node that this checkout is pinned to. Neither dpkg nor root is needed,
 * and the same release gives the same bytes. Errors: an Error where Node is not for Linux on a machine that Debian knows.
 */
export async function deb( { release, version, madeAt }: Wanted ): Promise< Buffer > {
	const files = withFolders( await contentOf( release, version, madeAt ) );
	const scripts = [ 'postinst', 'prerm', 'postrm' ].map(
		async ( name ): Promise< TarEntry > => ( {
			...{ path: name, kind: 'file', mode: 0o755 },
			data: await readFile( join( material, `${ name }.sh` ) ),
		} )
	);
	const control = [
		...( await Promise.all( scripts ) ),
		text( 'control', controlOf( version, installedKiB( files ) ) ),
		text( 'md5sums', sumsOf( files ) ),
	];
	return ar(
		[
			{ name: 'debian-binary', data: Buffer.from( '2.0\n' ) },
			{ name: 'control.tar.gz', data: gzipSync( tar( withRoot( control ), { madeAt } ), { level: 9 } ) },
			{ name: 'data.tar.gz', data: gzipSync( tar( withRoot( files ), { madeAt } ), { level: 6 } ) },
		],
		{ madeAt }
	);
}

/** Debian's own `control`: the only things it needs are what Node is linked with. */
const controlOf = ( version: string, kib: number ) => `Package: email-gateway-backend
Version: ${ version }
Architecture: ${ architectureOf() }
Maintainer: ${ maintainer }
Installed-Size: ${ kib }
Depends: adduser, init-system-helpers (>= 1.54), libc6 (>= 2.28), libgcc-s1, libstdc++6
Recommends: ca-certificates
Suggests: postgresql, postgresql-client, caddy | nginx
Section: mail
Priority: optional
Description: installs and proves mail gateways on servers, for WordPress
 The backend of the WordPress plugin Email Gateway. It signs in to servers by
 SSH, installs a mail relay there that hands all outgoing mail to a provider,
 and proves it by a test email. It brings its own Node 24, and keeps its data in
 PostgreSQL where that is installed, else in an embedded database.
`;

async function contentOf( release: string, version: string, madeAt: number ): Promise< TarEntry[] > {
	const node = join( dirname( createRequire( import.meta.url ).resolve( 'node/package.json' ) ), 'bin/node' );
	const unit = await readFile( join( release, 'email-gateway-backend.service' ), 'utf8' );
	const own = unit.replace( '/usr/bin/node /opt/email-gateway/', `/${ home }/bin/node /${ home }/` );
	if ( own === unit ) {
		throw new Error( 'The unit starts nothing that a package could start.' );
	}
	const changelog = `email-gateway-backend (${ version }) stable; urgency=medium

  * docs/changelog.md in the source says what changed.

 -- ${ maintainer }  ${ new Date( madeAt * 1000 ).toUTCString().replace( 'GMT', '+0000' ) }
`;
	return [
		...( await filesOf( release ) ),
		{ path: `${ home }/bin/node`, kind: 'file', mode: 0o755, data: await readFile( node ) },
		{
			path: 'usr/bin/email-gateway',
			kind: 'link',
			mode: 0o777,
			target: `../lib/email-gateway-backend/bin/email-gateway`,
		},
		text( 'lib/systemd/system/email-gateway-backend.service', own ),
		text( `${ doc }/copyright`, await readFile( join( material, 'copyright' ), 'utf8' ) ),
		text( `${ doc }/settings.example`, await readFile( join( release, '.env.example' ), 'utf8' ) ),
		{ path: `${ doc }/changelog.gz`, kind: 'file', mode: 0o644, data: gzipSync( changelog, { level: 9 } ) },
		text(
			'usr/share/lintian/overrides/email-gateway-backend',
			await readFile( join( material, 'lintian-overrides' ), 'utf8' )
		),
	];
}

/** What a package has elsewhere, or has no use for. */
const elsewhere = new Set( [
	'.env.example',
	'Dockerfile',
	'compose.yaml',
	'LICENSE',
	'email-gateway-backend.service',
] );

async function filesOf( release: string ): Promise< TarEntry[] > {
	const entries = await readdir( release, { recursive: true, withFileTypes: true } );
	const files = entries.filter(
		( entry ) => entry.isFile() && ! ( entry.parentPath === release && elsewhere.has( entry.name ) )
	);
	return Promise.all(
		files.map( async ( entry ): Promise< TarEntry > => {
			const path = join( entry.parentPath, entry.name );
			const inside = relative( release, path );
			const mode = inside.startsWith( 'bin/' ) ? 0o755 : 0o644;
			return { path: `${ home }/${ inside }`, kind: 'file', mode, data: await readFile( path ) };
		} )
	);
}

const text = ( path: string, content: string ): TarEntry => ( {
	...{ path, kind: 'file', mode: 0o644 },
	data: Buffer.from( content ),
} );

const withRoot = ( entries: TarEntry[] ): TarEntry[] => [ { path: '', kind: 'folder', mode: 0o755 }, ...entries ];

function withFolders( files: TarEntry[] ): TarEntry[] {
	const folders = new Set< string >();
	for ( const { path } of files ) {
		for ( let folder = dirname( path ); folder !== '.'; folder = dirname( folder ) ) {
			folders.add( folder );
		}
	}
	return [ ...[ ...folders ].map( ( path ): TarEntry => ( { path, kind: 'folder', mode: 0o755 } ) ), ...files ];
}

const installedKiB = ( entries: TarEntry[] ) =>
	entries.reduce( ( sum, { data } ) => sum + Math.ceil( ( data?.length ?? 1 ) / 1024 ), 0 );

const sumsOf = ( entries: TarEntry[] ) =>
	entries
		.filter( ( { kind } ) => kind === 'file' )
		.map( ( { path, data = '' } ) => `${ createHash( 'md5' ).update( data ).digest( 'hex' ) }  ${ path }\n` )
		.sort()
		.join( '' );
