import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPath } from '../system/paths.ts';
import { heading, repliesSection } from './section.ts';

/** Writes the last section of docs/diagnoses.md, and leaves the faults above it as they were played. */
export function writeSection(): void {
	const page = join( checkoutPath, 'docs/diagnoses.md' );
	const [ above = '' ] = readFileSync( page, 'utf8' ).split( `\n${ heading }\n` );
	writeFileSync( page, `${ above.trimEnd() }\n\n${ repliesSection() }` );
}
