import type { Cause, QueueFilter } from '@email-gateway/shared';

/** What a filter needs to know of a message in a queue. */
export interface Filterable {
	isHeld: boolean;
	/** Seconds since the epoch. */
	at: number;
	domain: string | null;
	cause: Cause | null;
}

/**
 * Whether a filter means a message.
 * @param site  name of its Unix user; null where none is known
 * @param nowMs milliseconds since the epoch
 */
export function isMeant(
	{ isHeld, at, domain, cause }: Filterable,
	filter: QueueFilter,
	{ site, nowMs }: { site: string | null; nowMs: number }
): boolean {
	return (
		( filter.site === undefined || filter.site === ( site ?? '' ) ) &&
		( filter.domain === undefined || filter.domain === ( domain ?? '' ) ) &&
		( filter.state === undefined || ( filter.state === 'held' ) === isHeld ) &&
		( filter.cause === undefined || filter.cause === cause ) &&
		( filter.hours === undefined || at * 1000 <= nowMs - filter.hours * 3_600_000 )
	);
}
