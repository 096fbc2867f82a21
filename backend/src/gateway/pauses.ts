import type { PauseKind } from '@email-gateway/shared';
import { hasRoutes } from './routes.ts';
import type { Rules } from './rules.ts';
import { sandboxHeaderChecks } from './sandbox.ts';
import { submittedChecks } from './submitted-header.ts';

/** A Unix user whose sending is paused. */
export interface Paused {
	uid: number;
	/** Null where the number has no name. */
	user: string | null;
	how: PauseKind;
}

/**
 * regexp: what cleanup(8) does with headers. A mail of sendmail begins with the line that pickup(8) writes itself, before
 * anything of a site; a site that forges that line of another user only stops its own mail. The log names each From. With
 * routes the mail filter is told of that line, and holds what is paused (may-send.pl).
 */
export const renderHeaderChecks = ( { paused, sandbox, routes }: Rules ): string =>
	[
		'# Email Gateway, header_checks(5): the log names the From of each message; mail of paused users is held',
		...( hasRoutes( routes ) ? submittedChecks : [] ),
		...sandboxHeaderChecks( sandbox ),
		...( hasRoutes( routes )
			? []
			: paused.map( ( { uid } ) => `/^Received: by [^ ]+ \\(Postfix, from userid ${ uid }\\)/ HOLD` ) ),
		'/^From:/ INFO',
		'',
	].join( '\n' );

/** texthash: whom sendmail refuses at once. It knows names only: who has none is held. */
export const renderRefused = ( paused: readonly Paused[] ): string =>
	paused
		.flatMap( ( { user, how } ) => ( user !== null && how === 'refuse' ? [ `${ user } paused\n` ] : [] ) )
		.join( '' );

export const hasRefused = ( paused: readonly Paused[] ): boolean => renderRefused( paused ) !== '';
