import { z } from 'zod';

/** Recipients; more in an hour than that no provider takes of one account. */
const mostRecipients = 1_000_000;

const recipients = z
	.int( { error: 'not_a_cap' } )
	.min( 1, { error: 'not_a_cap' } )
	.max( mostRecipients, { error: 'not_a_cap' } )
	.nullable();

/**
 * What a Unix user may send before the rest is held, in recipients; null: without limit. Hours and days are those of UTC.
 * `refused`: more than so many percent of an hour's recipients were refused, and at least ten.
 */
export const capLimits = z.strictObject( {
	hour: recipients,
	day: recipients,
	refused: z
		.int( { error: 'not_a_percentage' } )
		.min( 1, { error: 'not_a_percentage' } )
		.max( 99, { error: 'not_a_percentage' } )
		.nullable(),
} );
export type CapLimits = z.infer< typeof capLimits >;

const isEmpty = ( { hour, day, refused }: CapLimits ) => hour === null && day === null && refused === null;

/** `usual` takes the cap of all others; for all others it is none. `never`: its mail is never held. */
export const capChoice = z.discriminatedUnion( 'kind', [
	z.strictObject( { kind: z.literal( 'usual' ) } ),
	z.strictObject( { kind: z.literal( 'never' ) } ),
	z.strictObject( {
		kind: z.literal( 'limits' ),
		limits: capLimits
			.refine( ( limits ) => ! isEmpty( limits ), { error: 'required', path: [ 'hour' ] } )
			.refine( ( { hour, day } ) => hour === null || day === null || day >= hour, {
				error: 'day_below_hour',
				path: [ 'day' ],
			} ),
	} ),
] );
export type CapChoice = z.infer< typeof capChoice >;

export const capReasons = [ 'hour', 'day', 'refused' ] as const;
export type CapReason = ( typeof capReasons )[ number ];

/** A user whose mail is held because of the cap, or was: what was held is there still. */
export const overCap = z.object( {
	why: z.enum( capReasons ),
	since: z.iso.datetime(),
	/** What is sent now is held, too. */
	isOver: z.boolean(),
	/** Recipients that were let through in the hour and in the day; refused ones of the hour. */
	...{ hour: z.number(), day: z.number(), refused: z.number() },
	/** Messages held since. */
	held: z.number(),
	/** Queue id of the first of them; null: none was. */
	first: z.string().nullable(),
} );
export type OverCap = z.infer< typeof overCap >;
