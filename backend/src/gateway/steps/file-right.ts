import type { DesiredFile } from '../desired-files.ts';
import { keyedDigest } from '../keyed-digest.ts';
import { generationFolder } from '../folders.ts';
import type { Facts } from '../facts.ts';

export const pathOf = ( { name }: DesiredFile, generation: number ) =>
	name.startsWith( '/' ) ? name : `${ generationFolder( generation || 1 ) }/${ name }`;

export function isFileRight(
	facts: Facts,
	path: string,
	{ content, mode }: Pick< DesiredFile, 'content' | 'mode' >
): boolean {
	const found = facts.files.find( ( file ) => file.path === path );
	return (
		found !== undefined &&
		found.owner === 'root' &&
		Number.parseInt( found.mode, 8 ) === Number.parseInt( mode, 8 ) &&
		found.digest === keyedDigest( facts.digestKey, content )
	);
}
