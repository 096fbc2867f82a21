import type { PlannedStep } from '@email-gateway/shared';
import type { Facts } from '../facts.ts';
import { isLoopback, socketName } from '../listening.ts';
import { waitingTimer } from '../waiting-files.ts';
import { step } from './step.ts';

/** What is masked cannot be started by anything. */
export function maskedSteps( { postfix }: Facts ): PlannedStep[] {
	const why =
		'is masked, so nothing can start it; Remove Email Gateway masks it again where it was before the gateway';
	return postfix.masked.map( ( unit ) => step( 'enable_service', unit, why, { was: 'masked' } ) );
}

export const timerSteps = ( { waitingMailKept, systemd }: Facts ): PlannedStep[] =>
	systemd && ! waitingMailKept
		? [ step( 'enable_service', waitingTimer, 'looks after mail that waits, once a minute' ) ]
		: [];

export function runningSteps( { postfix, listens }: Facts, isChanged: boolean ): PlannedStep[] {
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
