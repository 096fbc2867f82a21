import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../system/run.ts';

export const sbomName = 'sbom.cdx.json';

interface Component {
	'bom-ref': string;
	licenses?: unknown[];
}

/**
 * Writes what a folder with a package.json and its node_modules ships, as CycloneDX 1.5 by npm itself. Without what is of
 * the moment and of the machine: the same packages make the same bytes.
 * Throws where a package has no licence or is missing.
 */
export async function writeSbom( folder: string, { signal }: { signal: AbortSignal } ): Promise< void > {
	const told = await run( [ 'npm', 'sbom', '--sbom-format', 'cyclonedx', '--offline' ], { cwd: folder, signal } );
	const {
		serialNumber: _number,
		metadata,
		...bom
	} = JSON.parse( told ) as {
		serialNumber: string;
		metadata: { timestamp: string; tools: unknown; component: Component };
		components: Component[];
	};
	const unlicensed = bom.components.filter( ( { licenses = [] } ) => licenses.length === 0 );
	if ( unlicensed.length > 0 ) {
		const names = unlicensed.map( ( component ) => component[ 'bom-ref' ] );
		throw new Error( `The licence of ${ names.join( ', ' ) } is not known: its package.json names none.` );
	}
	const { timestamp: _time, tools: _tools, component, ...lasting } = metadata;
	const { name } = JSON.parse( await readFile( join( folder, 'package.json' ), 'utf8' ) ) as { name: string };
	// npm takes the folder's name for that of the whole
	const whole = { ...bom, metadata: { ...lasting, component: { ...component, name } } };
	await writeFile( join( folder, sbomName ), `${ JSON.stringify( whole, null, '\t' ) }\n` );
}
