import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringsOfPhp } from './pot-php.ts';
import { stringsOfScript } from './pot-script.ts';
import type { Found } from './pot-text.ts';
import { keyOf } from './translations.ts';

/** Every text that people read, from the sources of the plugin, each once: what the .pot holds. */
export function textsOf( pluginDir: string ): Map< string, Found > {
	const texts = new Map< string, Found >();
	for ( const file of globSync( [ '*.php', 'includes/**/*.php', 'src/**/*.{ts,tsx}' ], { cwd: pluginDir } ) ) {
		if ( ! /\.(test|example)\.tsx?$|\/screens\//.test( file ) ) {
			const source = readFileSync( join( pluginDir, file ), 'utf8' );
			const found = file.endsWith( '.php' ) ? stringsOfPhp( source ) : stringsOfScript( source );
			found.forEach( ( one ) => texts.set( keyOf( one ), one ) );
		}
	}
	return texts;
}
