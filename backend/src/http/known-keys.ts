import type { KeyObject } from 'node:crypto';
import { publicKeyOf } from '../servers/site-key.ts';

export interface KnownKeys {
	/** The public key of a paired site; null where nobody paired under this id. */
	find( keyId: string ): Promise< KeyObject | null >;
}

/**
 * Keys of sites, kept in memory: an id belongs to one key for ever, since it is made from it. What is not known is
 * looked up together with all that was asked meanwhile, ten times a second at most, so that a flood of made-up ids
 * costs the database next to nothing and nobody who was just paired has to wait longer than that.
 * @param lookUp gives raw Ed25519 keys in base64 by id
 */
export function makeKnownKeys(
	lookUp: ( keyIds: readonly string[] ) => Promise< ReadonlyMap< string, string > >,
	{ pauseMs = 100 }: { pauseMs?: number } = {}
): KnownKeys {
	const known = new Map< string, KeyObject >();
	let asked = new Set< string >();
	let next: Promise< void > | null = null;
	let lastAt = -Infinity;

	async function lookUpAsked(): Promise< void > {
		await new Promise( ( resolve ) => setTimeout( resolve, Math.max( 0, lastAt + pauseMs - performance.now() ) ) );
		const keyIds = [ ...asked ];
		asked = new Set();
		next = null;
		lastAt = performance.now();
		for ( const [ keyId, base64 ] of await lookUp( keyIds ) ) {
			known.set( keyId, publicKeyOf( base64 ) );
		}
	}

	return {
		async find( keyId ) {
			if ( ! known.has( keyId ) ) {
				asked.add( keyId );
				await ( next ??= lookUpAsked() );
			}
			return known.get( keyId ) ?? null;
		},
	};
}
