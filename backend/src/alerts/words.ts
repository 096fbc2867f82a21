import type { AlertMessage, AlertReason, Trouble } from '@email-gateway/shared';
import { waitingText } from './waiting-words.ts';

/** What happened and what to do, for a person who was just woken. English: a webhook has no language of its reader. */
const sentences: Record< Trouble, ( host: string, reasons: readonly AlertReason[] ) => string > = {
	waiting: waitingText,
	refused: ( host ) => `The provider refuses mail from ${ host }. Open the server to see why and what to do.`,
	changed: ( host ) =>
		`The mail configuration on ${ host } was changed by hand. Press Preview Changes to see what differs, then Reinstall Email Gateway.`,
	stopped: ( host ) =>
		`The mail relay on ${ host } has stopped. Mail waits on the server. Press Reinstall Email Gateway to start it again.`,
	replaced: ( host ) =>
		`Another mail system has taken the gateway’s place on ${ host }. Press Reinstall Email Gateway to put the gateway back.`,
	unreachable: ( host ) =>
		`${ host } cannot be reached by SSH, so its mail cannot be checked. Check the server, then press Check Connection.`,
	unfinished: ( host ) => `A change on ${ host } did not finish. Press Reinstall Email Gateway to complete it.`,
};

/** `reasons`: why mail waits. */
export const openedText = (
	trouble: Trouble,
	{ host, reasons }: { host: string; reasons: readonly AlertReason[] }
): string => sentences[ trouble ]( host, reasons );

export const overText = ( host: string, durationMs: number ): string =>
	`${ host } works again, after ${ duration( durationMs ) }. Nothing needs to be done.`;

/** An alert that only shows that alerts arrive. */
export const testMessage = ( site: string, at: Date ): AlertMessage => ( {
	...{ version: 1, kind: 'test', incident: 'test', at: at.toISOString(), site },
	...{ server: null, trouble: null, since: null, waiting: null, reasons: [] },
	text: 'This is a test alert from Email Gateway. Alerts reach you here.',
} );

function duration( ms: number ): string {
	const minutes = Math.max( 1, Math.round( ms / 60_000 ) );
	const count = ( n: number, unit: string ) => `${ n } ${ unit }${ n === 1 ? '' : 's' }`;
	return minutes < 120 ? count( minutes, 'minute' ) : count( Math.round( minutes / 60 ), 'hour' );
}
