import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { JobResult, SendingUser, SiteFolder } from '@email-gateway/shared';
import { heldSentence } from './held.ts';
import { wholeNumber } from './numbers.ts';
import type { Tone } from './states.ts';

const environments: Record< NonNullable< SiteFolder[ 'environment' ] >, () => string > = {
	local: () => _x( 'Local', 'environment of a site', 'email-gateway' ),
	development: () => _x( 'Development', 'environment of a site', 'email-gateway' ),
	staging: () => _x( 'Staging', 'environment of a site', 'email-gateway' ),
	production: () => _x( 'Production', 'environment of a site', 'email-gateway' ),
};

/** What wp-config.php calls it; a dash where it says nothing. */
export const environmentWord = ( environment: SiteFolder[ 'environment' ] ): string =>
	environment ? environments[ environment ]() : '–';

/** Whether mail of a user is taken: a word and a colour. */
export function sendingPill( { pause, over }: Pick< SendingUser, 'pause' | 'over' > ): { word: string; tone: Tone } {
	switch ( pause?.how ) {
		case 'hold':
			return { word: _x( 'Paused: mail is held', 'state of a site', 'email-gateway' ), tone: 'waiting' };
		case 'refuse':
			return { word: _x( 'Paused: mail is refused', 'state of a site', 'email-gateway' ), tone: 'bad' };
	}
	if ( over?.isOver ) {
		return { word: _x( 'Over its cap: mail is held', 'state of a site', 'email-gateway' ), tone: 'bad' };
	}
	return { word: _x( 'May send', 'state of a site', 'email-gateway' ), tone: 'quiet' };
}

/** How many messages of a user are held; empty where none is. */
export function heldWords( { held }: Pick< SendingUser, 'held' > ): string {
	return held
		? sprintf(
				/* translators: %s: number of messages */
				_n( '%s message is held.', '%s messages are held.', held, 'email-gateway' ),
				wholeNumber( held )
		  )
		: '';
}

/** What became of the mail of a user within a day; empty where that is not known. */
export function mailLines( { accepted, refused }: Pick< SendingUser, 'accepted' | 'refused' > ): string[] {
	if ( accepted === null && refused === null ) {
		return [];
	}
	const number = ( count: number | null ) => wholeNumber( count ?? 0 );
	return [
		/* translators: %s: number of messages */
		sprintf( _x( '%s accepted', 'messages', 'email-gateway' ), number( accepted ) ),
		/* translators: %s: number of messages */
		sprintf( _x( '%s refused', 'messages', 'email-gateway' ), number( refused ) ),
	];
}

/** Who that is: the Unix user, which a site cannot choose. */
export const userName = ( { uid, user }: Pick< SendingUser, 'uid' | 'user' > ): string => user ?? String( uid );

type Changed = Extract< JobResult, { verb: 'pause_site' | 'resume_site' } >;

/** How a pause began or ended. */
export function pausedSentences( result: Changed ): string[] {
	if ( result.verb === 'pause_site' ) {
		const first =
			result.how === 'hold'
				? __( 'Sending is paused: what this Unix user sends now is held.', 'email-gateway' )
				: __( 'Sending is paused: what this Unix user sends now is refused at once.', 'email-gateway' );
		return [ first, ...( result.held > 0 ? [ heldBefore( result.held ) ] : [] ) ];
	}
	const first = __( 'Sending is resumed.', 'email-gateway' );
	return result.messages > 0 ? [ first, heldSentence( result.choice, result.messages ) ] : [ first ];
}

const heldBefore = ( messages: number ) =>
	sprintf(
		/* translators: %d: number of messages */
		_n(
			'%d message that waited in the queue is held, too.',
			'%d messages that waited in the queue are held, too.',
			messages,
			'email-gateway'
		),
		messages
	);
