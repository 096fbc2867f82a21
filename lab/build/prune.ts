import { chmod, readdir, rm, rmdir, utimes } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { tryRun } from '../system/run.ts';

/** What a package brings for people who build with it, and Node never reads. */
const unread = /\.(map|md|markdown|[mc]?ts|sh|flow|ya?ml|coffee|html|ps1|txt|tar\.gz|gyp)$|^(\.|GNUmakefile|Makefile)/i;
const unreadFolders = new Set( [
	'test',
	'tests',
	'__tests__',
	'docs',
	'example',
	'examples',
	'bench',
	'benchmark',
	'benchmarks',
] );
const isLicence = ( name: string ) => /^(licen[cs]e|copying|notice)/i.test( name );

/** Deletes from a folder of packages what does not run; licences stay. */
export async function prune( packages: string ): Promise< void > {
	const entries = await readdir( packages, { recursive: true, withFileTypes: true } );
	for ( const entry of entries ) {
		const path = join( entry.parentPath, entry.name );
		const isInUnreadFolder = path
			.slice( packages.length )
			.split( sep )
			.slice( 0, -1 )
			.some( ( folder ) => unreadFolders.has( folder ) || folder.startsWith( '.' ) );
		const isUnread = isInUnreadFolder || unread.test( entry.name ) || entry.parentPath.endsWith( `${ sep }.bin` );
		if ( ! entry.isDirectory() && isUnread && ! isLicence( entry.name ) ) {
			await rm( path );
		}
	}
	await deleteEmptyFolders( packages );
}

async function deleteEmptyFolders( folder: string ): Promise< boolean > {
	const entries = await readdir( folder, { withFileTypes: true } );
	let left = entries.length;
	for ( const entry of entries ) {
		if ( entry.isDirectory() && ( await deleteEmptyFolders( join( folder, entry.name ) ) ) ) {
			left--;
		}
	}
	if ( left === 0 ) {
		await rmdir( folder );
	}
	return left === 0;
}

/**
 * Gives everything below a folder the modes and the time of a release, whatever the umask and the clock of the machine
 * that makes it: folders and programs 0755, files 0644.
 */
export async function asReleased( folder: string, { madeAt }: { madeAt: number } ): Promise< void > {
	const entries = await readdir( folder, { recursive: true, withFileTypes: true } );
	// from the inside out: what is changed in a folder changes its time
	for ( const entry of entries.reverse() ) {
		const path = join( entry.parentPath, entry.name );
		await chmod( path, entry.isDirectory() || isProgram( path ) ? 0o755 : 0o644 );
		await utimes( path, madeAt, madeAt );
	}
	await chmod( folder, 0o755 );
	await utimes( folder, madeAt, madeAt );
}

const isProgram = ( path: string ) => basename( join( path, '..' ) ) === 'bin' && ! path.includes( 'node_modules' );

/** When a release counts as made, in seconds since the epoch: SOURCE_DATE_EPOCH, else the time of the commit. */
export async function releaseTime( checkout: string ): Promise< number > {
	const given = Number( process.env[ 'SOURCE_DATE_EPOCH' ] );
	if ( given > 0 ) {
		return given;
	}
	const { stdout } = await tryRun( [ 'git', '-C', checkout, 'log', '-1', '--format=%ct' ] ).catch( () => ( {
		stdout: '',
	} ) );
	// without git: the first day that a ZIP knows
	return Number( stdout.trim() ) || Date.UTC( 1980, 0, 1 ) / 1000;
}
