import { isIP } from 'node:net';
import { ZodError } from 'zod';
import type { FieldProblem } from '@email-gateway/shared';
import { mayReach } from '../ssh/address.ts';

/**
 * An address that no alert would ever be sent to is refused where it is typed: one in numbers, however they are written, or
 * this machine's own name. What other names lead to is looked at when something is sent. Errors: a ZodError for `target.url`.
 */
export function refuseUnreachable( target: object | null, allowedPrivateRanges: readonly string[] ): void {
	const url = target && 'url' in target && typeof target.url === 'string' ? URL.parse( target.url ) : null;
	if ( url === null ) {
		return;
	}
	const host = url.hostname.replace( /^\[|\]$|\.$/g, '' );
	const isOwnName = /(^|\.)localhost$/.test( host );
	const reach = { mayReachLocalAddresses: false, allowedPrivateRanges };
	if ( isOwnName || ( isIP( host ) !== 0 && ! mayReach( host, reach ) ) ) {
		const message: FieldProblem = 'not_reachable';
		throw new ZodError( [ { code: 'custom', path: [ 'target', 'url' ], message, input: url.hostname } ] );
	}
}
