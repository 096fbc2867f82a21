import { __, _n, sprintf } from '@wordpress/i18n';
import type { Observation } from '@email-gateway/shared';
import { clockWords } from './clock.ts';
import { few } from './few.ts';
import { handMadeWords } from './hand-made.ts';
import { inQueue } from './in-queue.ts';
import { roomWords } from './room.ts';
import { waitingWords } from './waiting-reasons.ts';

export interface Seen {
	tone: 'good' | 'bad' | 'quiet';
	sentence: string;
}

const aroundWords = ( { program, file }: Observation[ 'phpAround' ][ number ] ) =>
	program === null
		? sprintf(
				/* translators: 1: a file on the server, 2: name of a setting of PHP */
				__(
					'PHP may not send mail: %2$s in %1$s names mail. Take it out of that line, and restart PHP.',
					'email-gateway'
				),
				file,
				'disable_functions'
		  )
		: sprintf(
				/* translators: 1: a program, 2: a file on the server, 3: name of a setting of PHP */
				__(
					'PHP sends mail with %1$s, so mail of its sites does not go through the gateway. Delete the line %3$s in %2$s, and restart PHP.',
					'email-gateway'
				),
				program,
				file,
				'sendmail_path'
		  );

/**
 * What the last look saw of a gateway that is installed, worst first. Names in it come from the server: text, never markup.
 *
 * @param at        when it looked; ISO time
 * @param canRepair there is a button Repair… below
 */
export function seenWords( seen: Observation, at: string, canRepair = false ): Seen[] {
	// what this browser kept of a former version has no reasons
	const { running, differs, reasons = [], oldWaiting, others, phpAround = [] } = seen;
	const bad: ( string | false )[] = [
		! running &&
			__(
				'Postfix is not running: new mail stays on the server and is not delivered. Press Reinstall Email Gateway to start it.',
				'email-gateway'
			),
		...handMadeWords( seen, canRepair ),
		...phpAround.map( aroundWords ),
		...roomWords( seen.room ),
		...clockWords( seen.clock ),
	];
	const quiet: ( string | false )[] = [
		oldWaiting > 0 &&
			sprintf(
				/* translators: %d: number of messages */
				_n(
					'%d message is kept in the queue of the former mail system, which delivers it once you press Remove Email Gateway. Deliver Former Mail delivers it through the gateway.',
					'%d messages are kept in the queue of the former mail system, which delivers them once you press Remove Email Gateway. Deliver Former Mail delivers them through the gateway.',
					oldWaiting,
					'email-gateway'
				),
				oldWaiting
			),
		others.length > 0 &&
			sprintf(
				/* translators: %s: names of files */
				__( 'Files in /etc/postfix that are not the gateway’s, and are left alone: %s.', 'email-gateway' ),
				few( others )
			),
	];
	const told = ( tone: Seen[ 'tone' ], sentences: ( string | false )[] ) =>
		sentences.filter( ( sentence ) => sentence !== false ).map( ( sentence ) => ( { tone, sentence } ) );
	const found = told( 'bad', bad );
	const right = __( 'Postfix is running, and the server is as it was installed.', 'email-gateway' );
	return [
		...( found.length > 0 || differs === null ? found : told( 'good', [ right ] ) ),
		...told( 'quiet', inQueue( seen, at ) ),
		// what passes by itself is for nobody; the rest stays until somebody has read it
		...reasons.map( ( reason ) => ( {
			tone: reason.passes ? ( 'quiet' as const ) : ( 'bad' as const ),
			sentence: waitingWords( reason ),
		} ) ),
		...told( 'quiet', quiet ),
	];
}
