import { _n, _x, sprintf } from '@wordpress/i18n';
import type { SendingUser, SiteFolder } from '@email-gateway/shared';
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
export function sendingPill( { pause }: Pick< SendingUser, 'pause' > ): { word: string; tone: Tone } {
	switch ( pause?.how ) {
		case 'hold':
			return { word: _x( 'Paused: mail is held', 'state of a site', 'email-gateway' ), tone: 'waiting' };
		case 'refuse':
			return { word: _x( 'Paused: mail is refused', 'state of a site', 'email-gateway' ), tone: 'bad' };
	}
	return { word: _x( 'May send', 'state of a site', 'email-gateway' ), tone: 'quiet' };
}

/** How many messages of a user are held; empty where none is. */
export function heldWords( { held }: Pick< SendingUser, 'held' > ): string {
	return held
		? sprintf(
				/* translators: %d: number of messages */
				_n( '%d message is held.', '%d messages are held.', held, 'email-gateway' ),
				held
		  )
		: '';
}
