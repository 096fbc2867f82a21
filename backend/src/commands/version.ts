import { version as released } from '../version.ts';
import { print, refuseArguments, type Command } from './command.ts';

export const version: Command = {
	about: 'prints the version of this backend and of its Node',
	forms: [ '' ],
	examples: [ 'email-gateway version' ],
	async run( args ) {
		refuseArguments( args );
		print( `email-gateway ${ released } (Node ${ process.version })` );
	},
};
