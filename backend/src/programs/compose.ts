import { readFileSync } from 'node:fs';

/** Which functions of `lib/` a program has before its own. */
const parts = {
	facts: [ 'packages', 'service', 'queue', 'configuration', 'runs', 'rights', 'php', 'mail-log' ],
	'mail-log': [ 'mail-log' ],
} as const;

export type ProgramName = keyof typeof parts;

/** The header, the functions of `names`, and what of `own` comes after them, as they are sent: comments stay here. */
export const composed = ( names: readonly string[], own = '' ): string =>
	[ ...[ 'header', ...names ].map( ( name ) => read( `lib/${ name }` ) ), own ]
		.join( '\n' )
		.replace( /^[\t ]*#.*\n/gm, '' );

const program = ( name: ProgramName ) => composed( parts[ name ], read( name ) );

/** A program with everything but its last line, which calls `main`: for tests of its functions. */
export const functionsOf = ( name: ProgramName ): string => program( name ).replace( /^main( "\$@")?\n$/m, '' );

function read( name: string ): string {
	return readFileSync( new URL( `./${ name }.sh`, import.meta.url ), 'utf8' );
}

/** The programs that run on servers: constant text, what varies is on their standard input. */
export const programs = {
	facts: program( 'facts' ),
	'mail-log': program( 'mail-log' ),
} satisfies Record< ProgramName, string >;
