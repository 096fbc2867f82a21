import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { base64Forms } from '../base64-forms.ts';
import { labPath } from '../system/paths.ts';

/** The forms in which a text may lie in a file: as it is, in JSON, and in base64. */
const formsOf = ( text: string ): Buffer[] =>
	[ text, JSON.stringify( text ).slice( 1, -1 ), ...base64Forms( text ) ].map( ( form ) => Buffer.from( form ) );

async function holding( files: string[], texts: readonly string[] ): Promise< string[] > {
	const forms = texts.flatMap( formsOf );
	const found: string[] = [];
	for ( const file of files ) {
		// a process may end meanwhile
		const content = await readFile( file ).catch( () => null );
		if ( content && forms.some( ( form ) => content.includes( form ) ) ) {
			found.push( file );
		}
	}
	return found.sort();
}

/** Files of the running lab (the backend's data, key and log, WordPress and its database) that hold one of the texts. */
export async function filesOfLabWith( texts: readonly string[] ): Promise< string[] > {
	// what was fetched or made before, and the disks of the servers, which are looked through on the servers
	const others = [ 'cache', 'apt-cache', 'servers', 'screenshots' ];
	const parts = ( await readdir( labPath ) ).filter( ( name ) => ! others.includes( name ) );
	const listed = await Promise.all(
		parts.map( async ( part ) => {
			const path = join( labPath, part );
			const inside = await readdir( path, { recursive: true, withFileTypes: true } ).catch( () => null );
			return inside
				? inside.filter( ( one ) => one.isFile() ).map( ( { parentPath, name } ) => join( parentPath, name ) )
				: [ path ];
		} )
	);
	const files = listed.flat();
	return ( await holding( files, texts ) ).map( ( file ) => relative( labPath, file ) );
}

/** Arguments and environments of all processes of this machine that hold one of the texts. */
export async function processesWith( texts: readonly string[] ): Promise< string[] > {
	const processes = ( await readdir( '/proc' ) ).filter( ( name ) => /^\d+$/.test( name ) );
	return holding(
		processes.flatMap( ( id ) => [ `/proc/${ id }/cmdline`, `/proc/${ id }/environ` ] ),
		texts
	);
}
