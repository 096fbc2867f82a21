import type { SMTPServerSession } from 'smtp-server';
import { replyError } from './faults.ts';

/** Remembers who wrote to whom: the first try is refused for now, every later one is taken. */
export function makeGreylist() {
	const seen = new Set< string >();
	return ( { mailFrom }: SMTPServerSession[ 'envelope' ], recipient: string ): Error | null => {
		const pair = JSON.stringify( [ mailFrom ? mailFrom.address : '', recipient ] );
		if ( seen.has( pair ) ) {
			return null;
		}
		seen.add( pair );
		return replyError( '450 4.7.1 Greylisted, try again later' );
	};
}
