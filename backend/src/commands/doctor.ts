import { examine } from '../doctor/doctor.ts';
import { print, refuseArguments, type Command } from './command.ts';

const marks = { fine: 'ok     ', warning: 'WARNING', problem: 'PROBLEM' };

export const doctor: Command = {
	about: 'checks the set-up, and says what to do about each problem',
	forms: [ '' ],
	more: 'It checks Node, settings, master key, data folder, disk, database and its tables, clock, and whether the public address\nleads to this backend with a trusted certificate. It ends with 1 where there is a problem.',
	examples: [ 'email-gateway doctor' ],
	async run( args, env ) {
		refuseArguments( args );
		const findings = await examine( env );
		for ( const { check, state, told, advice } of findings ) {
			print( `${ marks[ state ] }  ${ check }: ${ told }` );
			if ( advice ) {
				print( `         ${ advice }` );
			}
		}
		return findings.some( ( { state } ) => state === 'problem' ) ? 1 : 0;
	},
};
