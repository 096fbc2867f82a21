import type { PlannedStep } from '@email-gateway/shared';
import { Secret } from '../../vault/secret.ts';
import type { Desired } from '../desired.ts';
import { isReadable } from '../exposed.ts';
import type { Facts } from '../facts.ts';
import { pathOf, isFileRight } from './file-right.ts';
import { step } from './step.ts';

export const repair = ( { unfinished }: Facts ): PlannedStep[] =>
	unfinished
		? [
				step(
					'write_file',
					'/var/lib/email-gateway',
					'an earlier run did not finish: what it began is undone first'
				),
		  ]
		: [];

export function folderSteps( facts: Facts ): PlannedStep[] {
	const why = 'sites on the server must not read who mails whom';
	return facts.generation === 0 ? [ step( 'open_directory', '/var/log/email-gateway', why, { value: '0700' } ) ] : [];
}

export function fileSteps( facts: Facts, desired: Desired ): PlannedStep[] {
	return desired.files
		.map( ( file ) => ( { ...file, path: pathOf( file, facts.generation ) } ) )
		.filter( ( file ) => ! isFileRight( facts, file.path, file ) )
		.map( ( { path, content, why } ) => {
			if ( ! ( content instanceof Secret ) ) {
				const unread = path.endsWith( '/virtual_alias' ) ? unreadAlias( facts, content ) : '';
				return step( 'write_file', path, why + unread, { value: content.slice( 0, 2000 ) } );
			}
			const copied = facts.etckeeper ? '; etckeeper on this server will keep a copy in /etc/.git' : '';
			const found = facts.files.find( ( file ) => file.path === path );
			const exposed =
				found && isReadable( found )
					? '; others on this server could read it: change the password at the provider'
					: '';
			return step( 'write_file', path, why + exposed + copied );
		} );
}

/** Before the first install only: somebody chose who reads mail for root, and Postfix will not ask that file. */
const unreadAlias = ( { rootAlias, generation }: Facts, wanted: string ): string =>
	generation === 0 && rootAlias.includes( '@' ) && ! wanted.includes( ` ${ rootAlias }\n` )
		? `; /etc/aliases sends mail for root to ${ rootAlias } and is no longer read: to keep that, type it in Mail for root`
		: '';

export function oldCredentialSteps( { oldCredentials }: Facts ): PlannedStep[] {
	const why =
		'holds the password of the mail system that was here, readable by others than root; ' +
		'a copy that only root can read is kept, and Remove Email Gateway gives it back';
	return oldCredentials.map( ( path ) => step( 'remove_file', path, why ) );
}

export function markerSteps( { marker }: Facts, { marker: { site, serverId, machine } }: Desired ): PlannedStep[] {
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
