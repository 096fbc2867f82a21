import type { PlannedStep } from '@email-gateway/shared';
import { configurationFolder, generationFolder, keyedDigest, type Desired, type DesiredFile } from './desired.ts';
import type { Facts } from './facts.ts';
import { isLoopback, socketName } from './listening.ts';
import { entryOf, nameOf } from './master-cf.ts';
import { waitingTimer } from './waiting-files.ts';
import { Secret } from '../vault/secret.ts';

/** What is missing on the server, in the order in which it is done. Empty when the server is right. */
export function plan( facts: Facts, desired: Desired ): PlannedStep[] {
	const changes = [
		...repair( facts ),
		...packageSteps( facts, desired ),
		...packageFileSteps( facts ),
		...rightsSteps( facts ),
		...folderSteps( facts ),
		...parameterSteps( facts, desired ),
		...fileSteps( facts, desired ),
		...serviceSteps( facts, desired ),
		...oldCredentialSteps( facts ),
		...markerSteps( facts, desired ),
		...maskedSteps( facts ),
	];
	return [ ...changes, ...timerSteps( facts ), ...runningSteps( facts, changes.length > 0 ) ];
}

const keptCopy = 'a copy of the file as it is now stays in /var/backups/email-gateway';

type Values = Partial< Pick< PlannedStep, 'value' | 'was' > >;

const step = ( kind: PlannedStep[ 'kind' ], subject: string, why: string, values: Values = {} ): PlannedStep => ( {
	...{ kind, subject, value: null, was: null, why },
	...values,
} );

const repair = ( { unfinished }: Facts ): PlannedStep[] =>
	unfinished
		? [
				step(
					'write_file',
					'/var/lib/email-gateway',
					'an earlier run did not finish: what it began is undone first'
				),
		  ]
		: [];

function packageSteps( facts: Facts, desired: Desired ): PlannedStep[] {
	const missing = desired.packages.filter( ( { name } ) => facts.packages[ name ] === undefined );
	const isReplaced =
		facts.sendmail !== 'none' && facts.sendmail !== 'unpackaged' && facts.packages.postfix === undefined;
	const why = 'only one mail system can be installed; Remove Email Gateway gives it back with its configuration';
	return [
		...( isReplaced
			? [ step( 'remove_package', facts.sendmail, why, { was: facts.packages[ facts.sendmail ] ?? null } ) ]
			: [] ),
		...missing.map( ( { name, why: reason } ) =>
			step( 'install_package', name, reason, { value: name === 'postfix' ? facts.candidate : null } )
		),
	];
}

/** What packages have put there and is gone: a Postfix that runs does not miss it before its next start. */
function packageFileSteps( facts: Facts ): PlannedStep[] {
	const { packages, missingFiles, rootStore, sendmail } = facts;
	const missing = missingFiles.map( ( path ) =>
		step( 'write_file', path, 'a file of a package is missing: the package is installed again' )
	);
	const store = '/etc/ssl/certs/ca-certificates.crt';
	const roots =
		packages[ 'ca-certificates' ] === undefined || rootStore || missingFiles.includes( store )
			? []
			: [ step( 'write_file', store, 'the well-known roots are missing: no provider could be verified' ) ];
	const taken =
		packages.postfix === undefined || sendmail === 'postfix'
			? []
			: [
					step(
						'write_file',
						'/usr/sbin/sendmail',
						`is not that of Postfix, so mail of sites takes another way; ${ keptCopy }`,
						{
							was: sendmail,
						}
					),
			  ];
	return [ ...missing, ...roots, ...taken ];
}

const rightsSteps = ( { lostRights }: Facts ): PlannedStep[] =>
	lostRights.map( ( path ) =>
		step(
			'write_file',
			path,
			'its owner or permissions were changed, so mail cannot be handed over or stands still'
		)
	);

function folderSteps( facts: Facts ): PlannedStep[] {
	const why = 'sites on the server must not read who mails whom';
	return facts.generation === 0 ? [ step( 'open_directory', '/var/log/email-gateway', why, { value: '0700' } ) ] : [];
}

function parameterSteps( facts: Facts, desired: Desired ): PlannedStep[] {
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

function fileSteps( facts: Facts, desired: Desired ): PlannedStep[] {
	return desired.files
		.map( ( file ) => ( { ...file, path: pathOf( file, facts.generation ) } ) )
		.filter( ( file ) => ! isFileRight( facts, file.path, file ) )
		.map( ( { path, content, why } ) => {
			if ( ! ( content instanceof Secret ) ) {
				const unread = path.endsWith( '/virtual_alias' ) ? unreadAlias( facts, content ) : '';
				return step( 'write_file', path, why + unread, { value: content.slice( 0, 2000 ) } );
			}
			const copied = facts.etckeeper ? '; etckeeper on this server will keep a copy in /etc/.git' : '';
			return step( 'write_file', path, why + copied );
		} );
}

/** Before the first install only: somebody chose who reads mail for root, and Postfix will not ask that file. */
const unreadAlias = ( { rootAlias, generation }: Facts, wanted: string ): string =>
	generation === 0 && rootAlias.includes( '@' ) && ! wanted.includes( ` ${ rootAlias }\n` )
		? `; /etc/aliases sends mail for root to ${ rootAlias } and is no longer read: to keep that, type it in Mail for root`
		: '';

/** Every service with all its options: one `-o` by hand could hand the password to anybody, or open a port. */
function serviceSteps( facts: Facts, desired: Desired ): PlannedStep[] {
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

function oldCredentialSteps( { oldCredentials }: Facts ): PlannedStep[] {
	const why =
		'holds the password of the mail system that was here, readable by others than root; ' +
		'a copy that only root can read is kept, and Remove Email Gateway gives it back';
	return oldCredentials.map( ( path ) => step( 'remove_file', path, why ) );
}

function markerSteps( { marker }: Facts, { marker: { site, serverId, machine } }: Desired ): PlannedStep[] {
	const isRight =
		marker?.site.id === site.id &&
		marker.site.url === site.url &&
		marker.serverId === serverId &&
		marker.machine === machine;
	const values = { value: site.url, was: marker?.site.url ?? null };
	return isRight
		? []
		: [
				step(
					'write_file',
					'/var/lib/email-gateway/marker',
					'names the site that manages this gateway, and this machine',
					values
				),
		  ];
}

function maskedSteps( { postfix }: Facts ): PlannedStep[] {
	const why =
		'is masked, so nothing can start it; Remove Email Gateway masks it again where it was before the gateway';
	return postfix.masked.map( ( unit ) => step( 'enable_service', unit, why, { was: 'masked' } ) );
}

const timerSteps = ( { waitingMailKept, systemd }: Facts ): PlannedStep[] =>
	systemd && ! waitingMailKept
		? [ step( 'enable_service', waitingTimer, 'looks after mail that waits, once a minute' ) ]
		: [];

function runningSteps( { postfix, listens }: Facts, isChanged: boolean ): PlannedStep[] {
	if ( ! postfix.running || ! postfix.enabled ) {
		return [ step( 'enable_service', 'postfix', 'runs now and after each start of the server' ) ];
	}
	const open = listens.filter( ( socket ) => ! isLoopback( socket ) ).map( socketName );
	if ( open.length > 0 || listens.length === 0 ) {
		const why = 'listens on loopback only; a reload would not let go of other addresses';
		return [ step( 'restart', 'postfix', why, { was: open.join( ', ' ) || null } ) ];
	}
	return isChanged ? [ step( 'reload', 'postfix', 'takes the new configuration; the queue stays' ) ] : [];
}

const pathOf = ( { name }: DesiredFile, generation: number ) =>
	name.startsWith( '/' ) ? name : `${ generationFolder( generation || 1 ) }/${ name }`;

function isFileRight(
	facts: Facts,
	path: string,
	{ content, mode }: Pick< DesiredFile, 'content' | 'mode' >
): boolean {
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
