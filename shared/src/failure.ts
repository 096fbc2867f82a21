import { z } from 'zod';

/**
 * One expected failure: its HTTP status where a request meets it, and the schema of what it tells besides its code.
 * A detail is always readable: a part that is missing or strange, as in a record of a former version, in one that is
 * redacted or from a hostile server, is what `.catch` says, and parts that no schema names are dropped.
 */
export function failure< const Status extends number, Shape extends z.ZodRawShape >( status: Status, shape: Shape ) {
	return { status, detail: z.object( shape ) };
}

/** Words of a server, a provider or a person: bounded where they were read, never markup. */
export const text = z.string().catch( '' );
/** A shell program tells its numbers as text. */
export const count = z.coerce.number().int().catch( 0 );
export const flag = z.boolean().catch( false );
export const list = z.array( z.string() ).catch( [] );

/** Part of a detail that is not always known. */
export const maybe = < Part extends z.ZodType >( part: Part ) => part.optional().catch( undefined as never );

/** One of our own words; `otherwise` where another one was told, e.g. by a later version. */
export const oneOfThese = < const Words extends readonly [ string, ...string[] ] >(
	words: Words,
	otherwise: Words[ number ]
) => z.enum( words ).catch( otherwise as never );
