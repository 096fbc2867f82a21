import type { PlannedStep } from '@email-gateway/shared';
import { configurationFolder, generationFolder, keyedDigest, type Desired, type DesiredFile } from './desired.ts';
import type { Facts } from './facts.ts';
import { isServiceRight } from './master-cf.ts';
import { Secret } from '../vault/secret.ts';

/** What is missing on the server, in the order in which it is done. Empty when the server is right. */
export function plan( facts: Facts, desired: Desired ): PlannedStep[] {
	const changes = [
		...repair( facts ),
		...packageSteps( facts, desired ),
		...folderSteps( facts ),
		...parameterSteps( facts, desired ),
		...fileSteps( facts, desired ),
		...serviceSteps( facts, desired ),
		...oldCredentialSteps( facts ),
		...markerSteps( facts, desired ),
	];
	return [ ...changes, ...runningSteps( facts, changes.length > 0 ) ];
}

function repair( { unfinished }: Facts ): PlannedStep[] {
	return unfinished
		? [ { kind: 'write_file', subject: '/var/lib/email-gateway', value: null, was: null, why: 'an earlier run did not finish: what it began is undone first' } ]
		: [];
}

function packageSteps( facts: Facts, desired: Desired ): PlannedStep[] {
	const missing = desired.packages.filter( ( { name } ) => facts.packages[ name ] === undefined );
	const replaced = facts.sendmail !== 'none' && facts.sendmail !== 'unpackaged' && facts.packages.postfix === undefined ? [ facts.sendmail ] : [];
	return [
		...replaced.map( ( name ): PlannedStep => ( {
			kind: 'remove_package',
			subject: name,
			value: null,
			was: facts.packages[ name ] ?? null,
			why: 'only one mail system can be installed; Remove Email Gateway gives it back with its configuration',
		} ) ),
		...missing.map( ( { name, why } ): PlannedStep => ( {
			kind: 'install_package',
			subject: name,
			value: name === 'postfix' ? facts.candidate : null,
			was: null,
			why,
		} ) ),
	];
}

function folderSteps( facts: Facts ): PlannedStep[] {
	return facts.generation === 0
		? [ { kind: 'open_directory', subject: '/var/log/email-gateway', value: '0700', was: null, why: 'sites on the server must not read who mails whom' } ]
		: [];
}

function parameterSteps( facts: Facts, desired: Desired ): PlannedStep[] {
	const mainCf = `${ configurationFolder }/main.cf`;
	if ( isFileRight( facts, mainCf, { content: desired.mainCf( facts.generation ), mode: '0644' } ) ) {
		return [];
	}
	const found = new Map( facts.postfix.parameters.map( splitParameter ) );
	const wanted = new Set( desired.parameters.map( ( { name } ) => name ) );
	const changed = desired.parameters.flatMap( ( { name, value, why } ): PlannedStep[] => {
		const was = found.get( name ) ?? null;
		return was === value ? [] : [ { kind: 'set_parameter', subject: name, value, was, why } ];
	} );
	const dropped = [ ...found ]
		.filter( ( [ name ] ) => ! wanted.has( name ) )
		.map( ( [ name, was ] ): PlannedStep => ( { kind: 'set_parameter', subject: name, value: null, was, why: 'not part of the gateway: back to its default' } ) );
	const steps = [ ...changed, ...dropped ];
	return steps.length > 0
		? steps
		: [ { kind: 'write_file', subject: mainCf, value: null, was: null, why: 'its text or its permissions differ' } ];
}

function fileSteps( facts: Facts, desired: Desired ): PlannedStep[] {
	return desired.files
		.map( ( file ) => ( { ...file, path: pathOf( file, facts.generation ) } ) )
		.filter( ( file ) => ! isFileRight( facts, file.path, file ) )
		.map( ( { path, content, why } ) => ( {
			kind: 'write_file',
			subject: path,
			value: content instanceof Secret ? null : content.slice( 0, 2000 ),
			was: null,
			why: content instanceof Secret && facts.etckeeper ? `${ why }; etckeeper on this server will keep a copy in /etc/.git` : why,
		} ) );
}

function serviceSteps( facts: Facts, desired: Desired ): PlannedStep[] {
	return desired.services
		.filter( ( service ) => ! isServiceRight( service, facts.postfix.services ) )
		.map( ( { name, entry, why } ) => ( { kind: 'set_parameter', subject: `master.cf ${ name }`, value: entry, was: null, why } ) );
}

function oldCredentialSteps( { oldCredentials }: Facts ): PlannedStep[] {
	return oldCredentials.map( ( path ) => ( {
		kind: 'remove_file',
		subject: path,
		value: null,
		was: null,
		why: 'holds the password of the mail system that was here, readable by others than root; a copy that only root can read is kept, and Remove Email Gateway gives it back',
	} ) );
}

function markerSteps( { marker }: Facts, desired: Desired ): PlannedStep[] {
	const isRight = marker?.site.id === desired.marker.site.id && marker.site.url === desired.marker.site.url && marker.serverId === desired.marker.serverId;
	return isRight
		? []
		: [ { kind: 'write_file', subject: '/var/lib/email-gateway/marker', value: desired.marker.site.url, was: marker?.site.url ?? null, why: 'names the site that manages this gateway' } ];
}

function runningSteps( { postfix }: Facts, isChanged: boolean ): PlannedStep[] {
	if ( ! postfix.running || ! postfix.enabled ) {
		return [ { kind: 'enable_service', subject: 'postfix', value: null, was: null, why: 'runs now and after each start of the server' } ];
	}
	return isChanged ? [ { kind: 'reload', subject: 'postfix', value: null, was: null, why: 'takes the new configuration; the queue stays' } ] : [];
}

const pathOf = ( { name }: DesiredFile, generation: number ) => ( name.startsWith( '/' ) ? name : `${ generationFolder( generation || 1 ) }/${ name }` );

function isFileRight( facts: Facts, path: string, { content, mode }: Pick< DesiredFile, 'content' | 'mode' > ): boolean {
	const found = facts.files.find( ( file ) => file.path === path );
	return (
		found !== undefined &&
		found.owner === 'root' &&
		Number.parseInt( found.mode, 8 ) === Number.parseInt( mode, 8 ) &&
		found.digest === keyedDigest( facts.digestKey, content )
	);
}

function splitParameter( line: string ): [ string, string ] {
	const at = line.indexOf( '=' );
	return [ line.slice( 0, at ).trim(), line.slice( at + 1 ).trim() ];
}
