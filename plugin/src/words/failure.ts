import type { ErrorDetail } from '@email-gateway/shared';

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

export type Say = ( detail: ErrorDetail ) => Words;
