import type { PlannedStep } from '@email-gateway/shared';
import type { Desired } from '../desired.ts';
import { configurationFolder } from '../folders.ts';
import type { Facts } from '../facts.ts';
import { entryOf, nameOf } from '../master-cf.ts';
import { isFileRight } from './file-right.ts';
import { step, keptCopy } from './step.ts';

export function parameterSteps( facts: Facts, desired: Desired ): PlannedStep[] {
	const mainCf = `${ configurationFolder }/main.cf`;
	if ( isFileRight( facts, mainCf, { content: desired.mainCf( facts.generation ), mode: '0644' } ) ) {
		return [];
	}
	const found = new Map( facts.postfix.parameters.map( splitParameter ) );
	const wanted = new Set( desired.parameters.map( ( { name } ) => name ) );
	const changed = desired.parameters.flatMap( ( { name, value, why } ) => {
		const was = found.get( name ) ?? null;
		return was === value ? [] : [ step( 'set_parameter', name, why, { value, was } ) ];
	} );
	const dropped = [ ...found ]
		.filter( ( [ name ] ) => ! wanted.has( name ) )
		.map( ( [ name, was ] ) =>
			step( 'set_parameter', name, 'not part of the gateway: back to its default', { was } )
		);
	const steps = [ ...changed, ...dropped ];
	return steps.length > 0 ? steps : [ step( 'write_file', mainCf, 'its text or its permissions differ' ) ];
}

/** Every service with all its options: one `-o` by hand could hand the password to anybody, or open a port. */
export function serviceSteps( facts: Facts, desired: Desired ): PlannedStep[] {
	const masterCf = `${ configurationFolder }/master.cf`;
	if ( isFileRight( facts, masterCf, { content: desired.masterCf, mode: '0644' } ) ) {
		return [];
	}
	const found = new Map( facts.postfix.services.map( entryOf ).map( ( entry ) => [ nameOf( entry ), entry ] ) );
	const wanted = new Set< string >( desired.services.map( ( { name } ) => name ) );
	const changed = desired.services
		.filter( ( { name, entry } ) => found.get( name ) !== entry )
		.map( ( { name, entry, why } ) =>
			step( 'set_parameter', `master.cf ${ name }`, why, { value: entry, was: found.get( name ) ?? null } )
		);
	const dropped = [ ...found ]
		.filter( ( [ name ] ) => ! wanted.has( name ) )
		.map( ( [ name, was ] ) => step( 'remove_service', name, `not part of the gateway; ${ keptCopy }`, { was } ) );
	const steps = [ ...changed, ...dropped ];
	return steps.length > 0 ? steps : [ step( 'write_file', masterCf, 'its text or its permissions differ' ) ];
}

function splitParameter( line: string ): [ string, string ] {
	const at = line.indexOf( '=' );
	return [ line.slice( 0, at ).trim(), line.slice( at + 1 ).trim() ];
}
