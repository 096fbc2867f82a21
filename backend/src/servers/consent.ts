import { GatewayError } from '../errors.ts';
import type { Caller } from './caller.ts';

/** Errors: forbidden, where someone else than an administrator overrules what was found. */
export function refuseConsents( consents: readonly string[], { may }: Pick< Caller, 'may' > ): void {
	if ( consents.length > 0 && ! may( 'manage_site' ) ) {
		throw new GatewayError( 'forbidden', { reason: 'administrator_must_choose' } );
	}
}
