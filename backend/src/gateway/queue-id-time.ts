/** Digits of a long queue id: no vowels, so that no id is a word. */
const digits = '0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz';
const microsecondDigits = 4;

/**
 * When a message got its long queue id, in milliseconds since the epoch: seconds and microseconds stand in it, before
 * the last `z`. Unlike a time in the log it knows its year and no time zone. Null for a short one, which tells nothing.
 */
export function timeOfQueueId( queueId: string ): number | null {
	const end = queueId.lastIndexOf( 'z' ) - microsecondDigits;
	if ( end < 6 || end > 8 ) {
		return null;
	}
	const seconds = numberOf( queueId.slice( 0, end ) );
	const microseconds = numberOf( queueId.slice( end, end + microsecondDigits ) );
	return microseconds < 1_000_000 ? seconds * 1000 + Math.floor( microseconds / 1000 ) : null;
}

const numberOf = ( text: string ) => [ ...text ].reduce( ( sum, digit ) => sum * 52 + digits.indexOf( digit ), 0 );
