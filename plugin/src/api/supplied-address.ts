import type { SuppliedAddress } from '../page.ts';
import { askRest } from './rest.ts';

/** Answered by PHP alone, which asks the panel that keeps the server, which asks its cloud. */
export function readSuppliedAddress( serverId: number, signal?: AbortSignal ): Promise< SuppliedAddress > {
	return askRest( { path: `/servers/${ serverId }/address`, method: 'GET', signal } );
}
