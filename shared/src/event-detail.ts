import { z } from 'zod';

/** What a step of a job or an audit entry tells besides its name. Text in it may come from a server or a provider: bounded, never markup. */
export const eventDetail = z.record(
	z.string(),
	z.union( [ z.string(), z.number(), z.boolean(), z.null(), z.array( z.string() ) ] )
);
export type EventDetail = z.infer< typeof eventDetail >;
