import type { CapLimits, FieldProblem } from '@email-gateway/shared';

export type TypedLimits = Record< keyof CapLimits, string >;

export const typedLimits = ( limits: CapLimits | null ): TypedLimits => ( {
	hour: String( limits?.hour ?? '' ),
	day: String( limits?.day ?? '' ),
	refused: String( limits?.refused ?? '' ),
} );

const numberOf = ( text: string ) => ( text.trim() === '' ? null : Number( text.trim() ) );
const isBetween = ( number: number | null, most: number ) =>
	number === null || ( Number.isInteger( number ) && number >= 1 && number <= most );

/** What was typed as numbers, by the rules of the contract; and what is wrong with a field. */
export function readLimits( typed: TypedLimits ): {
	limits: CapLimits;
	problems: Partial< Record< keyof CapLimits, FieldProblem > >;
} {
	const limits = { hour: numberOf( typed.hour ), day: numberOf( typed.day ), refused: numberOf( typed.refused ) };
	const { hour, day, refused } = limits;
	return {
		limits,
		problems: {
			...( hour === null && day === null && refused === null ? { hour: 'required' } : {} ),
			...( hour !== null && day !== null && day < hour ? { day: 'day_below_hour' } : {} ),
			...( isBetween( hour, 1_000_000 ) ? {} : { hour: 'not_a_cap' } ),
			...( isBetween( day, 1_000_000 ) ? {} : { day: 'not_a_cap' } ),
			...( isBetween( refused, 99 ) ? {} : { refused: 'not_a_percentage' } ),
		},
	};
}
