// `npm run unit -- FILE [-t NAME]`: jest for a few files, on the pinned Node, with jest's own output.
import { spawn } from 'node:child_process';
import { checkoutPath } from '../system/paths.ts';
import { jestCommand } from './jest-command.ts';
import { filesNamed, whyNotUnit } from './test-files.ts';

const [ name = '', ...options ] = process.argv.slice( 2 );
if ( name === '' || name.startsWith( '-' ) ) {
	refuse( 'Which file? npm run unit -- FILE [-t NAME], with a path or a part of one, and any option of jest.' );
}
const found = filesNamed( name );
const files = found.filter( ( file ) => whyNotUnit( file ) === undefined );
const [ first ] = found;
if ( first === undefined ) {
	refuse( `No test file has "${ name }" in its path.` );
}
if ( files.length === 0 ) {
	refuse( found.map( whyNotUnit ).join( '\n' ) );
}
const { argv, env } = jestCommand( [ '--runTestsByPath', ...files, ...options ] );
const [ command = '', ...args ] = argv;
spawn( command, args, { cwd: checkoutPath, env, stdio: 'inherit' } ).on( 'exit', ( code ) =>
	process.exit( code ?? 1 )
);

function refuse( why: string ): never {
	console.error( why );
	process.exit( 2 );
}
