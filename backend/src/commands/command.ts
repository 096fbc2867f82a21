/** What the program was started with, and what its settings file adds. */
export type Environment = Record< string, string | undefined >;

/** One word of the command line `email-gateway`. */
export interface Command {
	/** One line for the list of all. */
	about: string;
	/** Its arguments, a line for each form; empty for none. */
	forms: string[];
	/** What else its help says. */
	more?: string;
	examples: string[];
	/**
	 * Does it; the answer goes to standard output, everything else to standard error.
	 * Errors: `WrongUse` for arguments it does not take, otherwise an Error in one sentence.
	 */
	run( args: string[], env: Environment ): Promise< number | void >;
}

/** Arguments that a command does not take: its help is shown. */
export class WrongUse extends Error {}

export const say = ( line: string ) => void process.stderr.write( `${ line }\n` );
export const print = ( line: string ) => void process.stdout.write( `${ line }\n` );

/** Errors: WrongUse. */
export function refuseArguments( args: string[] ): void {
	if ( args.length ) {
		throw new WrongUse( `It takes no argument, and was given ${ args.join( ' ' ) }.` );
	}
}
