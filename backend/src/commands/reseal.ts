import { askOperator } from '../ask-operator.ts';
import { readConfig } from '../config.ts';
import { print, refuseArguments, say, type Command } from './command.ts';

export const reseal: Command = {
	about: 'seals every secret with the first master key',
	forms: [ '' ],
	more: 'It is the second half of a change of the master key: put the new key on a line above the old one, restart, run this,\ndelete the old one, restart. It prints how many secrets another key had sealed.',
	examples: [ 'email-gateway reseal' ],
	async run( args, env ) {
		refuseArguments( args );
		const { resealed } = await askOperator< { resealed: number } >( readConfig( env ).dataDir, '/reseal' );
		say( 'Every secret is now sealed with the first master key. You can delete the other keys.' );
		print( `${ resealed }` );
	},
};
