import { readFileSync } from 'node:fs';
import type { Environment } from './commands/command.ts';

/**
 * Reads a settings file as systemd does with EnvironmentFile=: NAME=VALUE a line, quotes around a value are dropped, and
 * lines that begin with # or ; say something to people. Errors: an Error that names the line, never what stands in it.
 */
export function parseSettings( text: string, path: string ): Environment {
	const lines = text.split( /\r?\n/ ).map( ( line ) => line.trim() );
	const pairs = lines.flatMap( ( line, index ): [ string, string ][] => {
		if ( line === '' || line.startsWith( '#' ) || line.startsWith( ';' ) ) {
			return [];
		}
		const [ , name = '', value = '' ] = /^([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec( line ) ?? [];
		if ( name === '' ) {
			throw new Error( `${ path }: line ${ index + 1 } is not NAME=VALUE.` );
		}
		const [ , , quoted ] = /^(["'])(.*)\1$/.exec( value ) ?? [];
		return [ [ name, quoted ?? value ] ];
	} );
	return Object.fromEntries( pairs );
}

/** The environment with what a settings file says; what the file says counts. Errors: as `parseSettings`, or that it cannot be read. */
export function withSettings( env: Environment, path: string | null ): Environment {
	if ( path === null ) {
		return env;
	}
	let text: string;
	try {
		text = readFileSync( path, 'utf8' );
	} catch ( error ) {
		const { code } = error as NodeJS.ErrnoException;
		const why = code === 'EACCES' ? 'only root may read it: try again with sudo' : code;
		throw new Error( `The settings file ${ path } cannot be read: ${ why }.` );
	}
	return { ...env, ...parseSettings( text, path ) };
}
