import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { debianMirror } from '../system/apt-sources.ts';
import { cachePath } from '../system/paths.ts';
import { run, type Log } from '../system/run.ts';

const suite = 'trixie';
/** Debian takes the libraries out of WordPress and leaves links to their own packages. */
const packages = [ 'wordpress', 'php-getid3', 'libjs-cropper', 'libjs-lodash', 'libjs-underscore' ];

/**
 * The folder of Debian 13's own WordPress (6.8), as one unpacks it: fetched at the first call, by this machine's apt
 * and mirror, which checks where it comes from. Nothing is installed, and apt's own lists stay as they are.
 */
export async function ensureDebianWordPress( { log, signal }: { log: Log; signal: AbortSignal } ): Promise< string > {
	const target = join( cachePath, `wordpress-${ suite }` );
	if ( ! existsSync( target ) ) {
		log( `Fetching WordPress from Debian ${ suite } (20 MB, once) …` );
		await mkdir( cachePath, { recursive: true } );
		const work = await mkdtemp( join( cachePath, 'debian-wordpress-' ) );
		try {
			await rename( await fetchInto( work, signal ), target );
		} finally {
			await rm( work, { recursive: true, force: true } );
		}
	}
	return target;
}

async function fetchInto( work: string, signal: AbortSignal ): Promise< string > {
	const [ lists, cache, root, sources ] = [ 'lists', 'cache', 'root', 'debian.sources' ].map( ( name ) =>
		join( work, name )
	) as [ string, string, string, string ];
	await mkdir( join( lists, 'partial' ), { recursive: true } );
	await mkdir( join( cache, 'archives/partial' ), { recursive: true } );
	const { main } = await debianMirror();
	await writeFile(
		sources,
		`Types: deb\nURIs: ${ main }\nSuites: ${ suite }\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`
	);
	const settings = {
		'Dir::Etc::sourcelist': sources,
		'Dir::Etc::sourceparts': '/dev/null',
		'Dir::State::lists': lists,
		'Dir::State::status': '/dev/null',
		'Dir::Cache': cache,
		// The folder is ours alone, also for the user that apt would fetch as.
		'APT::Sandbox::User': '',
	};
	const apt = Object.entries( settings ).flatMap( ( [ name, value ] ) => [ '-o', `${ name }=${ value }` ] );
	await run( [ 'apt-get', '-q', ...apt, 'update' ], { signal } );
	await run( [ 'apt-get', '-q', ...apt, 'download', ...packages ], { cwd: cache, signal } );
	for ( const name of await readdir( cache ) ) {
		if ( name.endsWith( '.deb' ) ) {
			await run( [ 'dpkg-deb', '--extract', join( cache, name ), root ], { signal } );
		}
	}
	const made = join( work, 'wordpress' );
	await cp( join( root, 'usr/share/wordpress' ), made, {
		recursive: true,
		dereference: true,
		// leads to the configuration of a web server that is not there
		filter: ( path ) => ! path.endsWith( '/.htaccess' ),
	} );
	return made;
}
