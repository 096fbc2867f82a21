import type { QueueFilter } from '@email-gateway/shared';

/** What is chosen; `null` limits nothing. */
export interface ShownFilter {
	site: string | null;
	domain: string | null;
	cause: string | null;
	state: string | null;
	/** At least so many hours old. */
	hours: number | null;
}

export const noQueueFilter: ShownFilter = { site: null, domain: null, cause: null, state: null, hours: null };

/** As the contract takes it. */
export function queryOf( filter: ShownFilter, after = 0 ): QueueFilter & { after?: number } {
	const given = Object.entries( filter ).filter( ( [ , value ] ) => value !== null );
	return { ...( Object.fromEntries( given ) as QueueFilter ), ...( after > 0 ? { after } : {} ) };
}
