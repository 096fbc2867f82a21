import type { DetailOf, ErrorCode } from '@email-gateway/shared';

export interface Words {
	/** One sentence. */
	happened: string;
	/** What to do about it. */
	todo: string;
	/** What it means for the mail, where that is not told by what was changed. */
	mail?: string;
	/** The sentence leads to the exact words below it: they are open. */
	leadsBelow?: true;
}

/** The sentences of some failures, each made from exactly what that failure tells. */
export type Sentences< Code extends ErrorCode > = { [ One in Code ]: ( detail: DetailOf< One > ) => Words };
