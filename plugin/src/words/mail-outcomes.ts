import { __, _x } from '@wordpress/i18n';
import type { MailEntry, MailOutcome } from '@email-gateway/shared';
import { causeWords } from './causes.ts';
import type { Tone } from './states.ts';

const words: Record< MailOutcome, () => { word: string; tone: Tone } > = {
	queued: () => ( { word: __( 'Not tried yet', 'email-gateway' ), tone: 'quiet' } ),
	waiting: () => ( { word: _x( 'Waiting', 'outcome of a test email', 'email-gateway' ), tone: 'waiting' } ),
	held: () => ( { word: _x( 'Held', 'outcome of a message', 'email-gateway' ), tone: 'waiting' } ),
	accepted: () => ( { word: __( 'Accepted by provider', 'email-gateway' ), tone: 'good' } ),
	refused: () => ( { word: _x( 'Refused', 'outcome of a test email', 'email-gateway' ), tone: 'bad' } ),
	expired: () => ( { word: __( 'Waited too long', 'email-gateway' ), tone: 'bad' } ),
	deleted: () => ( { word: __( 'Deleted by an administrator', 'email-gateway' ), tone: 'quiet' } ),
	discarded: () => ( { word: _x( 'Discarded', 'outcome of a message', 'email-gateway' ), tone: 'quiet' } ),
	unknown: () => ( { word: __( 'Not known', 'email-gateway' ), tone: 'quiet' } ),
};

/** What became of a message for one recipient: a word and a colour. */
export const mailOutcomePill = ( outcome: MailOutcome ): { word: string; tone: Tone } => words[ outcome ]();

/** Who handed a message over. */
export function siteWords( { site, origin }: Pick< MailEntry, 'site' | 'origin' > ): string {
	if ( site !== null ) {
		return site;
	}
	switch ( origin ) {
		case 'smtp':
			return _x( 'By SMTP', 'where a message came from', 'email-gateway' );
		case 'notice':
			return _x( 'The mail system', 'where a message came from', 'email-gateway' );
	}
	return _x( 'Not known', 'where a message came from', 'email-gateway' );
}

/** Why it waits or was refused; the words of the provider where we have no better ones. */
export function mailReason( { cause, reply, outcome }: Pick< MailEntry, 'cause' | 'reply' | 'outcome' > ): string {
	if ( outcome === 'accepted' || outcome === 'discarded' ) {
		return '';
	}
	return causeWords( { cause: cause ?? undefined } )?.happened ?? reply ?? '';
}
