import { ZodError } from 'zod';
import type { FieldProblem } from '@email-gateway/shared';
import type { KeptRoute } from '../db/routes.ts';
import { GatewayError } from '../errors.ts';
import type { Caller } from './caller.ts';

/**
 * Who a test email is from: an address within the Sending Domain of what is installed, or one of ours there. Whoever is
 * not shown that domain names none, or it could be guessed by what is refused.
 * Errors: account_not_shown; a ZodError for `from`.
 *
 * @param isUnshown credentials that who runs the server is not shown are on it, or about to be
 */
export function testSender(
	from: string | null,
	{ domain, isUnshown }: { domain: string | undefined; isUnshown: boolean },
	{ may }: Pick< Caller, 'may' >
): string {
	if ( from !== null && ! may( 'manage_defaults' ) && isUnshown ) {
		throw new GatewayError( 'account_not_shown' );
	}
	if ( from !== null && domain !== undefined && ! isWithin( from, domain ) ) {
		const message: FieldProblem = 'not_in_sending_domain';
		throw new ZodError( [ { code: 'custom', path: [ 'from' ], message, input: from } ] );
	}
	return from ?? `wordpress@${ domain }`;
}

/**
 * The same as a Unix user that has a route: one of its senders. Errors: a ZodError for `from`.
 */
export function testSenderOfRoute(
	from: string | null,
	{ senders, sendAs }: Pick< KeptRoute, 'senders' | 'sendAs' >
): string {
	const [ first = '' ] = senders;
	if ( from === null ) {
		return sendAs ?? ( first.includes( '@' ) ? first : `wordpress@${ first }` );
	}
	const address = from.toLowerCase();
	if ( ! senders.includes( address ) && ! senders.includes( address.slice( address.lastIndexOf( '@' ) + 1 ) ) ) {
		const message: FieldProblem = 'not_a_sender';
		throw new ZodError( [ { code: 'custom', path: [ 'from' ], message, input: from } ] );
	}
	return from;
}

/** Whether an address is of a domain or of one beneath it. */
function isWithin( address: string, domain: string ): boolean {
	const own = address.slice( address.lastIndexOf( '@' ) + 1 ).toLowerCase();
	return own === domain || own.endsWith( `.${ domain }` );
}
