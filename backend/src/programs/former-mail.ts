import { readFileSync } from 'node:fs';
import { GatewayError } from '../errors.ts';
import type { Remote } from '../ssh/remote.ts';
import { withoutControls } from '../ssh/text.ts';
import { programs } from './compose.ts';
import { maskAddresses } from './masking.ts';

const read = ( name: string ) => readFileSync( new URL( name, import.meta.url ), 'utf8' );
const handsOver = read( './former-queues.pl' ) + read( './former-mail.pl' );

export interface HandedOver {
	/** Messages that are in Postfix's queue now, and no longer in the former one. */
	handed: number;
	/** Notices of failed delivery: they stay, as the provider would refuse them. */
	notices: number;
	/** Messages that could not be read, or that Postfix does not take: they stay, too. */
	refused: number;
	/** What Postfix said of the first of those, addresses masked; empty where it said nothing. */
	said: string;
}

/**
 * Hands what waits in the queue of a former mail system to Postfix, for at most `seconds`; what is left then stays.
 * Errors: server_answer_not_understood, and those of `Remote.run`.
 */
export async function deliverFormerMail(
	remote: Remote,
	{ signal, seconds = 200 }: { signal: AbortSignal; seconds?: number }
): Promise< HandedOver > {
	const { stdout } = await remote.run( programs.formerMail, {
		stdin: Buffer.from( `${ seconds }\n${ handsOver }` ),
		signal,
		timeoutMs: ( seconds + 60 ) * 1000,
	} );
	const ended = /^ended (\d{1,9}) (\d{1,9}) (\d{1,9})$/m.exec( stdout );
	if ( ! ended ) {
		throw new GatewayError( 'server_answer_not_understood', { fact: 'former_mail' } );
	}
	const [ handed = 0, notices = 0, refused = 0 ] = ended.slice( 1 ).map( Number );
	const said = /^said ([0-9a-f]{0,600})$/m.exec( stdout )?.[ 1 ] ?? '';
	const words = withoutControls( Buffer.from( said, 'hex' ).toString( 'utf8' ) ).replace( /\s+/g, ' ' ).trim();
	return { handed, notices, refused, said: maskAddresses( words, [] ) };
}
