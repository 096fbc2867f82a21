import { makeResolver } from './check-sender.ts';

export interface MailServersInput {
	names: readonly string[];
	/** `address` or `address:port`; empty: those of the system. */
	dnsServers: readonly string[];
	signal: AbortSignal;
}

/**
 * For each name whether a server takes mail for it (MX). A name that DNS did not answer for is left out.
 * Errors: the signal's reason.
 */
export async function askMailServers( {
	names,
	dnsServers,
	signal,
}: MailServersInput ): Promise< Map< string, boolean > > {
	const resolver = makeResolver( dnsServers );
	const limit = AbortSignal.any( [ signal, AbortSignal.timeout( 6_000 ) ] );
	limit.addEventListener( 'abort', () => resolver.cancel(), { once: true } );
	const answers = await Promise.all(
		names.map( async ( name ) => {
			try {
				// "MX 0 ." says that nobody does (RFC 7505)
				const takes = ( await resolver.resolveMx( name ) ).some(
					( { exchange } ) => ! /^\.?$/.test( exchange )
				);
				return [ name, takes ] as const;
			} catch ( error ) {
				const { code } = error as NodeJS.ErrnoException;
				return code === 'ENODATA' || code === 'ENOTFOUND' ? ( [ name, false ] as const ) : null;
			}
		} )
	);
	signal.throwIfAborted();
	return new Map( answers.filter( ( answer ) => answer !== null ) );
}
