import { __, _x, sprintf } from '@wordpress/i18n';
import type { GatewayState, TestResult } from '@email-gateway/shared';

type DeliveryOutcome = TestResult[ 'outcome' ];
export type Tone = 'good' | 'waiting' | 'bad' | 'quiet' | 'busy';

/** The pill: a word and a colour. */
const pills: Record< GatewayState, () => { word: string; tone: Tone } > = {
	not_connected: () => ( { word: __( 'Not connected', 'email-gateway' ), tone: 'quiet' } ),
	not_installed: () => ( { word: __( 'Not installed', 'email-gateway' ), tone: 'quiet' } ),
	installing: () => ( { word: _x( 'Installing', 'state of a gateway', 'email-gateway' ), tone: 'busy' } ),
	installed: () => ( { word: __( 'Installed, not tested yet', 'email-gateway' ), tone: 'good' } ),
	working: () => ( { word: _x( 'Working', 'state of a gateway', 'email-gateway' ), tone: 'good' } ),
	waiting: () => ( { word: __( 'Mail is waiting', 'email-gateway' ), tone: 'waiting' } ),
	refused: () => ( { word: __( 'Mail is refused', 'email-gateway' ), tone: 'bad' } ),
	disk_low: () => ( { word: __( 'Disk nearly full', 'email-gateway' ), tone: 'bad' } ),
	clock_wrong: () => ( { word: __( 'Clock is wrong', 'email-gateway' ), tone: 'bad' } ),
	stopped: () => ( { word: _x( 'Stopped', 'state of a gateway', 'email-gateway' ), tone: 'bad' } ),
	differs: () => ( { word: __( 'Needs Repair', 'email-gateway' ), tone: 'bad' } ),
	replaced: () => ( { word: _x( 'Replaced', 'state of a gateway', 'email-gateway' ), tone: 'bad' } ),
	unreachable: () => ( { word: _x( 'Unreachable', 'state of a gateway', 'email-gateway' ), tone: 'bad' } ),
	not_checked: () => ( { word: __( 'Not checked', 'email-gateway' ), tone: 'quiet' } ),
	unfinished: () => ( { word: __( 'Unfinished change', 'email-gateway' ), tone: 'bad' } ),
	removing: () => ( { word: _x( 'Removing', 'state of a gateway', 'email-gateway' ), tone: 'busy' } ),
};

export function statePill( state: GatewayState ): { word: string; tone: Tone } {
	return pills[ state ]();
}

const outcomes: Record< DeliveryOutcome, () => { word: string; tone: Tone } > = {
	accepted: () => ( { word: __( 'Accepted by provider', 'email-gateway' ), tone: 'good' } ),
	waiting: () => ( { word: _x( 'Waiting', 'outcome of a test email', 'email-gateway' ), tone: 'waiting' } ),
	refused: () => ( { word: _x( 'Refused', 'outcome of a test email', 'email-gateway' ), tone: 'bad' } ),
	elsewhere: () => ( { word: __( 'Not through the gateway', 'email-gateway' ), tone: 'bad' } ),
	held: () => ( { word: _x( 'Held', 'outcome of a message', 'email-gateway' ), tone: 'waiting' } ),
	sandboxed: () => ( { word: __( 'Kept by the sandbox', 'email-gateway' ), tone: 'waiting' } ),
};

export function outcomePill( outcome: DeliveryOutcome ): { word: string; tone: Tone } {
	return outcomes[ outcome ]();
}

/** The outcome with the time it took. A message that waits has no such time yet. */
const verdicts: Record< DeliveryOutcome, ( took: string ) => string > = {
	/* translators: %s: a duration, e.g. 1.3 s */
	accepted: ( took ) => sprintf( __( 'Accepted by provider in %s', 'email-gateway' ), took ),
	waiting: () => outcomePill( 'waiting' ).word,
	/* translators: %s: a duration, e.g. 1.3 s */
	refused: ( took ) => sprintf( __( 'Refused in %s', 'email-gateway' ), took ),
	/* translators: %s: a duration, e.g. 1.3 s */
	elsewhere: ( took ) => sprintf( __( 'Not through the gateway, after %s', 'email-gateway' ), took ),
	held: () => outcomePill( 'held' ).word,
	sandboxed: () => outcomePill( 'sandboxed' ).word,
};

/** `Accepted by provider in 1.3 s`. */
export const verdictWords = ( outcome: DeliveryOutcome, took: string ): string => verdicts[ outcome ]( took );
