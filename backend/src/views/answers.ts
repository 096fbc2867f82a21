import type { FoundSettings, ResponseOf } from '@email-gateway/shared';
import type { Server } from '../db/servers.ts';
import { keyBody } from './server.ts';
import { View } from './view.ts';

// Answers of which nothing is redacted: what they tell is the caller's own, or a number that was made for them.

/** A job was queued, or the same one was there already. */
export const accepted = ( { jobId }: { jobId: string } ): View< { jobId: string } > => new View( { jobId } );

/** The server from which an account is checked is named: who may manage them chose none. */
export const checkAccepted = (
	{ jobId }: { jobId: string },
	{ serverId }: Pick< Server, 'serverId' >,
	host: string
): View< ResponseOf< 'checkAccount' > > => new View( { jobId, serverId, host } );

export const savedView = ( saved: boolean ) => new View( { saved } );
export const deletedView = ( deleted: boolean ) => new View( { deleted } );
export const forgottenView = ( leftBehind: boolean ) => new View( { leftBehind } );
export const foundView = ( found: FoundSettings | null ) => new View( { found } );
export const lentView = ( until: Date | null ) => new View( { until: until?.toISOString() ?? null } );
export const serverKeyView = ( publicKey: string ) => new View( keyBody( publicKey ) );
export const accountUpdateView = ( update: ResponseOf< 'updateServers' > ) => new View( update );
export const changedView = ( changed: number ) => new View( { changed } );
