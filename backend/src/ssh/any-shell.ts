/** A text as one word of a POSIX shell. */
export const shellWord = ( text: string ) => `'${ text.replaceAll( "'", `'\\''` ) }'`;

// csh takes no line feed between quotes and expands `!` there, and fish reads `\` there: these three travel as controls
const encoded = ( text: string ) =>
	shellWord( text.replaceAll( '\n', '\x01' ).replaceAll( '!', '\x02' ).replaceAll( '\\', '\x03' ) );
const decode = `d() { printf %s "$1" | tr "\\001\\002\\003" "\\012\\041\\134"; }`;

/** A command line that runs a POSIX-sh program with its argument, whatever shell the user has at sign-in. */
export function inAnyShell( program: string, argument?: string ): string {
	return argument === undefined
		? `sh -c '${ decode }; exec sh -c "$(d "$1")"' sh ${ encoded( program ) }`
		: `sh -c '${ decode }; exec sh -c "$(d "$1")" sh "$(d "$2")"' sh ${ encoded( program ) } ${ encoded(
				argument
		  ) }`;
}
