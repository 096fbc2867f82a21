import { commands } from './commands/all.ts';
import { print, say, WrongUse, type Command } from './commands/command.ts';
import { withSettings } from './settings-file.ts';

// The command line `email-gateway`: [--settings FILE] WORD [ARGUMENT…]

const width = Math.max( ...Object.keys( commands ).map( ( name ) => name.length ) );

const overview = [
	'email-gateway runs and looks after the backend of Email Gateway.',
	'',
	...Object.entries( commands ).map( ( [ name, { about } ] ) => `  ${ name.padEnd( width ) }  ${ about }` ),
	'',
	'email-gateway WORD --help says more. --settings FILE before the word reads the settings from there.',
].join( '\n' );

const helpOf = ( name: string, { about, forms, more, examples }: Command ) =>
	[
		`email-gateway ${ name } ${ about }.`,
		'',
		...forms.map( ( form ) => `  email-gateway ${ name } ${ form }`.trimEnd() ),
		...( more ? [ '', more ] : [] ),
		'',
		'For example:',
		...examples.map( ( example ) => `  ${ example }` ),
	].join( '\n' );

async function main( args: string[] ): Promise< number > {
	const [ file, given ] = args[ 0 ] === '--settings' ? [ args[ 1 ] ?? '', args.slice( 2 ) ] : [ null, args ];
	const [ name = 'help', ...rest ] = given;
	if ( [ 'help', '--help', '-h' ].includes( name ) ) {
		const about = commands[ rest[ 0 ] ?? '' ];
		print( about ? helpOf( rest[ 0 ] ?? '', about ) : overview );
		return given.length ? 0 : 2;
	}
	const command = Object.hasOwn( commands, name ) ? commands[ name ] : undefined;
	if ( ! command ) {
		say( `email-gateway does not know ${ name }.\n\n${ overview }` );
		return 2;
	}
	if ( rest.includes( '--help' ) || rest.includes( '-h' ) ) {
		print( helpOf( name, command ) );
		return 0;
	}
	try {
		return ( await command.run( rest, withSettings( process.env, file ) ) ) ?? 0;
	} catch ( error ) {
		say( ( error as Error ).message );
		if ( error instanceof WrongUse ) {
			say( `\n${ helpOf( name, command ) }` );
			return 2;
		}
		return 1;
	}
}

process.exitCode = await main( process.argv.slice( 2 ) );
