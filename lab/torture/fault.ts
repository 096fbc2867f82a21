import type { World } from './world.ts';

/** One thing that goes wrong in life, made to go wrong on a real server or process. */
export interface Fault {
	/** For `--only`. */
	name: string;
	/** What goes wrong, as the table tells it. */
	goesWrong: string;
	/** Short enough to be part of every `npm test`. */
	isSample?: boolean;
	/** Makes it go wrong. Returns what happened, in words; throws when something that must hold does not. */
	run( world: World ): Promise< string >;
}

/** Throws with the sentence where the condition does not hold. */
export function mustHold( condition: boolean, otherwise: string ): asserts condition {
	if ( ! condition ) {
		throw new Error( otherwise );
	}
}
