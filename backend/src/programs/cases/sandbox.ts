// Only for tests: runs cases in one process of a shell, each with a folder of its own in place of a server.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Answer, Case } from './case.ts';

/** What runs on a server and must not here: where a case does not say what it answers, it says nothing and fails. */
const commandsOfServers = [
	...[ 'apt-cache', 'apt-get', 'apt-mark', 'chattr', 'debconf-communicate', 'debconf-set-selections', 'dpkg' ],
	...[ 'dpkg-query', 'getent', 'groupdel', 'hostname', 'lsattr', 'postcat', 'postconf', 'postfix', 'postkick' ],
	...[
		'postmap',
		'postqueue',
		'postsuper',
		'sendmail',
		'setpriv',
		'ss',
		'sync',
		'systemctl',
		'update-ca-certificates',
	],
	...[ 'userdel', 'df', 'perl', 'setsid', 'sleep' ],
];

export interface Ran {
	stdout: string;
	stderr: string;
	code: number;
	/** Calls of commands that are not the real ones, one a line. */
	calls: string[];
	root: string;
}

/** One case and the text of the functions that it calls. */
export interface Prepared {
	functions: string;
	example: Case;
}

/** Runs all in turn in one process of `shell`, in an empty folder; they share nothing but these. */
export function runAll( shell: readonly string[], prepared: readonly Prepared[], folder: string ): Ran[] {
	const shared = join( folder, 'commands' );
	mkdirSync( shared );
	for ( const name of commandsOfServers ) {
		// what waits need not: a case is over in milliseconds
		writeCommand( join( shared, name ), name === 'sleep' || name === 'sync' ? 'exit 0' : 'exit 1' );
	}
	const script = prepared.map( ( { functions, example }, at ) => {
		const place = join( folder, String( at ) );
		const root = join( place, 'server' );
		mkdirSync( root, { recursive: true } );
		mkdirSync( join( place, 'commands' ) );
		for ( const [ path, content ] of Object.entries( example.files ?? {} ) ) {
			writeFile( join( root, path ), content, root );
		}
		writeCommands( join( place, 'commands' ), example.commands ?? {} );
		const program = inSandbox( functions, root, `${ place }/commands:${ shared }` );
		writeFileSync( join( place, 'program' ), `${ program }\n${ example.run }\n` );
		writeFileSync( join( place, 'stdin' ), example.stdin ?? '' );
		writeFileSync( join( place, 'calls' ), '' );
		return `(cd ${ root } && calls=${ place }/calls && export calls && . ${ place }/program) <${ place }/stdin >${ place }/stdout 2>${ place }/stderr; echo $? >${ place }/code`;
	} );
	writeFileSync( join( folder, 'all' ), `${ script.join( '\n' ) }\n` );
	const [ command = '', ...args ] = [ ...shell, join( folder, 'all' ) ];
	spawnSync( command, args, { timeout: 120_000 } );
	return prepared.map( ( _, at ) => {
		const read = ( name: string ) => readFileSync( join( folder, String( at ), name ), 'utf8' );
		const root = join( folder, String( at ), 'server' );
		return {
			root,
			stdout: read( 'stdout' ).replaceAll( root, '' ),
			stderr: read( 'stderr' ),
			code: Number( read( 'code' ) ),
			calls: read( 'calls' )
				.split( '\n' )
				.map( ( call ) => call.replaceAll( root, '' ).trim() )
				.filter( Boolean ),
		};
	} );
}

/** The same program on a folder in place of `/`, with other commands before the real ones. */
export const inSandbox = ( program: string, root: string, commands: string ): string =>
	program.replace( /^root=$/m, `root=${ root }` ).replace( /^PATH=/m, `PATH=${ commands }:` );

function writeFile( path: string, content: string, root: string ): void {
	mkdirSync( path.endsWith( '/' ) ? path : dirname( path ), { recursive: true } );
	if ( content.startsWith( '-> ' ) ) {
		const target = content.slice( 3 );
		symlinkSync( target.startsWith( '/' ) && target !== '/dev/null' ? root + target : target, path );
	} else if ( ! path.endsWith( '/' ) ) {
		writeFileSync( path, content );
	}
}

function writeCommands( folder: string, answers: Record< string, Answer > ): void {
	const names = new Set( Object.keys( answers ).map( ( line ) => line.split( ' ', 1 )[ 0 ] ?? '' ) );
	for ( const name of names ) {
		const branches = Object.entries( answers )
			.filter( ( [ line ] ) => line === name || line.startsWith( `${ name } ` ) )
			.map( ( [ line, answer ] ) => `${ pattern( line ) }) ${ answering( answer ) } ;;` );
		writeCommand( join( folder, name ), `case "\${0##*/} $*" in\n${ branches.join( '\n' ) }\nesac\nexit 1` );
	}
}

function writeCommand( path: string, body: string ): void {
	writeFileSync( path, `#!/bin/sh\nprintf '%s\\n' "\${0##*/} $*" >>"$calls"\n${ body }\n` );
	chmodSync( path, 0o755 );
}

const quoted = ( text: string ) => `'${ text.replaceAll( "'", "'\\''" ) }'`;
const pattern = ( line: string ) =>
	( line.includes( ' ' ) ? line : `${ line } *` ).split( '*' ).map( quoted ).join( '*' );

function answering( answer: Answer ): string {
	const { prints, code } =
		typeof answer === 'object'
			? answer
			: { prints: typeof answer === 'string' ? answer : '', code: typeof answer === 'number' ? answer : 0 };
	return `printf %s ${ quoted( prints ) }; exit ${ code }`;
}
