import { Resolver } from 'node:dns/promises';
import type { SenderCheck } from '@email-gateway/shared';
import { judgeSender, namesToAsk, type SenderQuestion } from '../gateway/sender-check.ts';
import { spfRecords, spfTargets, type TxtAnswer } from '../gateway/spf.ts';
import { withoutControls } from '../ssh/text.ts';

export interface SenderInput {
	question: SenderQuestion;
	/** `address` or `address:port`; empty: those of the system. */
	dnsServers: readonly string[];
	signal: AbortSignal;
}

const mostNames = 60;
const mostRounds = 11;
const timeoutMs = 15_000;

/**
 * Asks DNS about the Sending Domain and judges it for this provider. Only TXT records are asked for, bounded in number
 * and time; what DNS does not answer is "cannot tell", so nothing fails here. Errors: the signal's reason.
 */
export async function checkSender( { question, dnsServers, signal }: SenderInput ): Promise< SenderCheck > {
	const resolver = makeResolver( dnsServers );
	const limit = AbortSignal.any( [ signal, AbortSignal.timeout( timeoutMs ) ] );
	limit.addEventListener( 'abort', () => resolver.cancel(), { once: true } );
	const zone = new Map< string, TxtAnswer >();
	let names = namesToAsk( question );
	for ( let round = 0; names.length && round < mostRounds && ! limit.aborted; round++ ) {
		const asked = await Promise.all(
			names.map( async ( name ) => [ name, await askTxt( resolver, name ) ] as const )
		);
		asked.forEach( ( [ name, answer ] ) => zone.set( name, answer ) );
		const next = asked.flatMap( ( [ , answer ] ) => ( spfRecords( answer ) ?? [] ).flatMap( spfTargets ) );
		names = [ ...new Set( next ) ].filter( ( name ) => ! zone.has( name ) ).slice( 0, mostNames - zone.size );
	}
	signal.throwIfAborted();
	return judgeSender( question, zone );
}

/** A resolver that gives up after a few seconds. */
export function makeResolver( dnsServers: readonly string[] ): Resolver {
	const resolver = new Resolver( { timeout: 2_000, tries: 2 } );
	if ( dnsServers.length ) {
		resolver.setServers( dnsServers );
	}
	return resolver;
}

async function askTxt( resolver: Resolver, name: string ): Promise< TxtAnswer > {
	try {
		const records = await resolver.resolveTxt( name );
		return records.slice( 0, 50 ).map( ( parts ) => withoutControls( parts.join( '' ) ).slice( 0, 2048 ) );
	} catch ( error ) {
		const { code } = error as NodeJS.ErrnoException;
		return code === 'ENODATA' ? [] : code === 'ENOTFOUND' ? 'no_such_name' : 'no_answer';
	}
}
