import { __, sprintf } from '@wordpress/i18n';
import type { Observation } from '@email-gateway/shared';
import { few } from './few.ts';

/** `127.0.0.1:2525`, `[::1]:2525`, and 127.0.0.1 as an IPv6 socket takes it: no other machine can connect there. */
const isOnlyHere = ( socket: string ) => /^(127\.|\[::1\]|\[::ffff:(127\.|7f))/.test( socket );

const reaching = ( sockets: readonly string[] ) =>
	sockets.length > 0 &&
	sprintf(
		/* translators: %s: addresses and ports, e.g. 0.0.0.0:25 */
		__( 'Postfix listens on %s, where others can reach it.', 'email-gateway' ),
		few( sockets )
	);

const onlyHere = ( sockets: readonly string[] ) =>
	sockets.length > 0 &&
	sprintf(
		/* translators: %s: addresses and ports, e.g. 127.0.0.1:2525 */
		__( 'Postfix also listens on %s, which only this server can reach.', 'email-gateway' ),
		few( sockets )
	);

const exposing = ( files: readonly string[] ) =>
	files.length > 0 &&
	sprintf(
		/* translators: %s: names of files on the server */
		__(
			'Others on this server could read a password: %s. Change it at the provider, and wherever it is saved.',
			'email-gateway'
		),
		few( files )
	);

const differing = ( names: readonly string[] ) =>
	names.length > 0 &&
	sprintf(
		/* translators: %s: names of settings and files on the server */
		__(
			'The server differs from what this version installs: %s. It was changed by hand, or installed by an older version.',
			'email-gateway'
		),
		few( names )
	);

const act = ( canRepair: boolean ) =>
	canRepair
		? __( 'Press Repair… to see what would be set back, and to set it back.', 'email-gateway' )
		: __( 'Press Reinstall Email Gateway to fix this.', 'email-gateway' );

/**
 * What somebody changed on a server, worst first. The last sentence says what to do, for all of them.
 *
 * @param canRepair there is a button Repair…
 */
export function handMadeWords(
	{ running, enabled, open, exposed = [], differs }: Observation,
	canRepair: boolean
): string[] {
	const found = [
		exposing( exposed ),
		reaching( open.filter( ( socket ) => ! isOnlyHere( socket ) ) ),
		running && ! enabled && __( 'Postfix is running, but does not start with the server.', 'email-gateway' ),
		onlyHere( open.filter( isOnlyHere ) ),
		differing( differs ?? [] ),
	].filter( ( sentence ) => sentence !== false );
	return found.map( ( sentence, nth ) =>
		nth < found.length - 1 ? sentence : `${ sentence } ${ act( canRepair ) }`
	);
}

/** Whether the last look tells of anything that Repair… sets back. */
export const isHandMade = ( seen: Observation ): boolean => handMadeWords( seen, true ).length > 0;
