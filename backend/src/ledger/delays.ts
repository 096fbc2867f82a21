/** The first step ends here, in milliseconds; each of the others ends at twice the one before it. */
const firstStepMs = 250;
/** The last one takes all that is longer than a day and a half. */
const lastStep = 20;

/** Number of the step in which a delay lies. */
export const delayStep = ( ms: number ): number =>
	Math.min( lastStep, Math.max( 0, Math.ceil( Math.log2( Math.max( ms, 1 ) / firstStepMs ) ) ) );

/** Between what a step lies, in milliseconds. */
export const delayBounds = ( step: number ): { overMs: number; withinMs: number } => ( {
	overMs: step === 0 ? 0 : firstStepMs * 2 ** ( step - 1 ),
	withinMs: firstStepMs * 2 ** step,
} );
