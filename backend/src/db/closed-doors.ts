import { mostClosedDoors } from '@email-gateway/shared';
import { z } from 'zod';
import { Secret } from '../vault/secret.ts';
import { closedDoorsPlace } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Server } from './servers.ts';
import type { Db } from './tables.ts';

const kept = z
	.array( z.object( { uid: z.int(), user: z.string().nullable(), at: z.iso.datetime(), by: z.string() } ) )
	.max( mostClosedDoors );
/** Users whose side doors are closed. `by`: login of who chose it. */
export type ClosedDoors = z.infer< typeof kept >;

type Parts = { db: Db; secrets: SecretStore };
type Of = Pick< Server, 'id' | 'siteId' | 'serverId' >;

/**
 * Whose side doors are closed on a server. It becomes a rule of the server's own firewall, so it is sealed: whoever writes
 * to the database cannot open or close one. Errors: record_not_genuine.
 */
export async function closedDoorsOn( { db, secrets }: Parts, server: Of ): Promise< ClosedDoors > {
	const text = await secrets.read( db, closedDoorsPlace( server ) );
	return text ? kept.parse( JSON.parse( text.reveal() ) ) : [];
}

/** None: as if there had never been any. */
export async function keepClosedDoors( { db, secrets }: Parts, server: Of, doors: ClosedDoors ): Promise< void > {
	const place = closedDoorsPlace( server );
	await ( doors.length > 0
		? secrets.save( db, place, new Secret( JSON.stringify( doors ) ) )
		: secrets.remove( db, place ) );
}
