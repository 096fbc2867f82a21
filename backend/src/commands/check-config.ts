import { readConfig, variables } from '../config.ts';
import { print, refuseArguments, type Command } from './command.ts';

const secret = new Set( [ 'EMAIL_GATEWAY_MASTER_KEY' ] );

export const checkConfig: Command = {
	about: 'checks the settings and prints those that are set',
	forms: [ '' ],
	more: 'It reads the settings and nothing else; doctor also tries what they lead to. Passwords and keys are not printed.',
	examples: [
		'email-gateway check-config',
		'email-gateway --settings /etc/email-gateway/backend.env.new check-config',
	],
	async run( args, env ) {
		refuseArguments( args );
		readConfig( env );
		for ( const name of Object.keys( variables ).filter( ( each ) => env[ each ] ) ) {
			print( `${ name }=${ secret.has( name ) ? '***' : withoutPassword( env[ name ] ?? '' ) }` );
		}
	},
};

const withoutPassword = ( value: string ) => value.replace( /^(\w+:\/\/[^:@/]*):[^@]*@/, '$1:***@' );
