import { readFileSync } from 'node:fs';

/** A reply of a real provider, or what Postfix logged, with its meaning. Names, addresses and hosts of people are neutral. */
export interface LabelledReply {
	host?: string;
	/** Where in the conversation the provider said it; absent for what Postfix said. */
	stage?: string;
	/** As the provider said it: several lines with `\n` between them. */
	reply?: string;
	whose: string;
	/** Whether the message should stay in the queue; absent where the words alone do not tell it. */
	waits?: boolean | null;
}

export interface StagedReply extends LabelledReply {
	host: string;
	stage: string;
	reply: string;
	waits: boolean;
}

const all = JSON.parse( readFileSync( new URL( './replies.json', import.meta.url ), 'utf8' ) ) as LabelledReply[];

/** Those that a provider can be made to say. */
export const stagedReplies = all.filter(
	( row ): row is StagedReply => row.stage !== undefined && row.reply !== undefined && typeof row.waits === 'boolean'
);
