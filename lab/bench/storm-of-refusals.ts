import { setTimeout as sleep } from 'node:timers/promises';
import type { Tries } from '../provider/counts.ts';
import { shellOn } from '../servers/ssh.ts';
import type { Relay } from './relays.ts';

/** What an account that is closed answers to each message. */
export const refuseMessages = {
	message: '550-5.4.5 Daily user sending limit exceeded.\n550 5.4.5 Try tomorrow',
} as const;

const held = '/var/spool/postfix/hold';

/**
 * Waits until all have been refused once and are paced, then makes the next try of every one due: without it nothing
 * would be tried for eleven minutes. From here on the clock is the real one.
 *
 * @return when that was, ms since the epoch
 */
export async function letNextTriesBeDue(
	{ server, name }: Relay,
	{ expected, signal }: { expected: number; signal: AbortSignal }
): Promise< number > {
	const giveUpAt = Date.now() + 480_000;
	for ( let count = 0; count < expected;  ) {
		await sleep( 2000, undefined, { signal } );
		count = Number( await shellOn( server, `find ${ held } -type f | wc -l`, { signal } ) );
		if ( Date.now() > giveUpAt ) {
			throw new Error( `${ name }: of ${ expected } refused mails ${ count } are paced.` );
		}
	}
	await shellOn( server, `find ${ held } -type f -exec touch -d '1 minute ago' {} +`, { signal } );
	return Date.now();
}

/** What was tried again after `sinceMs`, and how much that is an hour: from the first of these tries to the last. */
export function triedAgain( { mailsMs }: Tries, sinceMs: number ): { tries: number; minutes: number; perHour: number } {
	const again = mailsMs.filter( ( at ) => at > sinceMs );
	const [ first, last ] = [ again.at( 0 ), again.at( -1 ) ];
	if ( first === undefined || last === undefined || first === last ) {
		throw new Error( `What waits for the account was tried ${ again.length } times: too few to tell its pace.` );
	}
	const minutes = ( last - first ) / 60_000;
	return { tries: again.length, minutes, perHour: ( ( again.length - 1 ) / minutes ) * 60 };
}
