import { askOperator } from '../ask-operator.ts';
import { readConfig } from '../config.ts';
import { print, refuseArguments, say, type Command } from './command.ts';

export const pair: Command = {
	about: 'prints the line that pairs a WordPress with this backend',
	forms: [ '' ],
	more: 'The line holds the address of this backend and a code for one site. It can be used once, within 15 minutes.',
	examples: [ 'email-gateway pair' ],
	async run( args, env ) {
		refuseArguments( args );
		const { address, code, expiresAt } = await askOperator< { address: string; code: string; expiresAt: string } >(
			readConfig( env ).dataDir,
			'/pairing-code'
		);
		const minutes = Math.round( ( Date.parse( expiresAt ) - Date.now() ) / 60_000 );
		say( `Paste this line under Settings → Email Gateway → Connection within ${ minutes } minutes:` );
		print( `${ address } ${ code }` );
	},
};
