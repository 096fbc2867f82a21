import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sbomName } from '../build/sbom.ts';
import { checkoutPath } from '../system/paths.ts';

/** Compares the SBOM with the tree itself, which npm is not asked about. */
export async function isWhole( release: string ): Promise< void > {
	const { components } = JSON.parse( await readFile( join( release, sbomName ), 'utf8' ) ) as {
		components: { 'bom-ref': string }[];
	};
	const told = new Set( components.map( ( component ) => component[ 'bom-ref' ] ) );
	const manifests = ( await readdir( join( release, 'node_modules' ), { recursive: true } ) ).filter( ( path ) =>
		/(^|\/node_modules\/)(@[^/]+\/)?[^/@]+\/package\.json$/.test( path )
	);
	const shipped = await Promise.all(
		manifests.map( async ( path ) => {
			const text = await readFile( join( release, 'node_modules', path ), 'utf8' );
			const { name, version } = JSON.parse( text ) as { name: string; version: string };
			return `${ name }@${ version }`;
		} )
	);
	const differs = [
		...shipped.filter( ( ref ) => ! told.has( ref ) ),
		...[ ...told ].filter( ( ref ) => ! shipped.includes( ref ) ),
	];
	if ( shipped.length === 0 || differs.length > 0 ) {
		throw new Error( `The SBOM and what ships differ in ${ differs.join( ', ' ) || 'everything' }.` );
	}
}

/** Compares the SBOM in the zip with the source maps, which name the files that the scripts were made of. */
export async function namesWhatIsInScripts(): Promise< void > {
	const build = join( checkoutPath, 'plugin/build' );
	const { components } = JSON.parse( await readFile( join( build, sbomName ), 'utf8' ) ) as {
		components: { name: string }[];
	};
	const told = new Set( components.map( ( { name } ) => name ) );
	const maps = ( await readdir( build ) ).filter( ( name ) => name.endsWith( '.map' ) );
	const sources = await Promise.all(
		maps.map( async ( name ) => {
			const map = JSON.parse( await readFile( join( build, name ), 'utf8' ) ) as { sources: string[] };
			return map.sources;
		} )
	);
	const shipped = sources.flat().flatMap( packageOf );
	const missing = [ ...new Set( shipped.filter( ( name ) => ! told.has( name ) ) ) ];
	if ( shipped.length === 0 || missing.length > 0 ) {
		throw new Error( `The SBOM of the zip does not name ${ missing.join( ', ' ) || 'anything' }.` );
	}
}

/** None for our own. */
function packageOf( source: string ): string[] {
	const inside = source.split( '/node_modules/' ).slice( 1 ).at( -1 );
	if ( inside === undefined ) {
		return source.includes( '/webpack/runtime/' ) ? [ 'webpack' ] : [];
	}
	return inside.match( /^(@[^/]+\/)?[^/]+/ )?.slice( 0, 1 ) ?? [];
}
