import { readReplies, type LabelledReply } from '../../backend/src/gateway/test-replies.ts';
import type { Stage } from '../provider/faults.ts';

/** A labelled reply that the provider can be made to say. */
export type Refusal = Required< Pick< LabelledReply, 'whose' | 'stage' | 'reply' | 'waits' > > & { group: Group };

export type Group = keyof typeof groups;

/** Whose matter the refusals of each group are. */
const groups = {
	account: [ 'account' ],
	sender: [ 'sender' ],
	'recipient or content': [ 'recipient', 'content' ],
	'server or provider': [ 'server', 'provider' ],
};

/** What the provider calls the stages that the labels name as Postfix does. */
export const stageOf: Record< string, Stage > = {
	greeting: 'greeting',
	AUTH: 'auth',
	'MAIL FROM': 'mailFrom',
	'RCPT TO': 'rcptTo',
	DATA: 'data',
	'end of DATA': 'message',
};

/** All that are the matter of an account or a sender: nobody but their owner can mend them. */
export const mendable = (): Refusal[] => [ ...ofGroup( 'account' ), ...ofGroup( 'sender' ) ];

/** Ten of each group, spread over the stages. */
export const fortyRefusals = (): Refusal[] => chosen( 10 );

/** What `npm test` plays of them: one of each group. */
export const sample = (): Refusal[] => chosen( 1 );

const chosen = ( count: number ) =>
	Object.keys( groups ).flatMap( ( group ) => spread( ofGroup( group as Group ) ).slice( 0, count ) );

function ofGroup( group: Group ): Refusal[] {
	return readReplies( 'first.json' ).flatMap( ( { whose, stage, reply, waits } ) =>
		stage !== undefined && reply !== undefined && waits !== undefined && groups[ group ].includes( whose )
			? [ { whose, stage, reply, waits, group } ]
			: []
	);
}

/** In turn one of each stage; within a stage as they stand in the file. */
function spread( rows: readonly Refusal[] ): Refusal[] {
	const nth = new Map( rows.map( ( row ) => [ row, sameStage( rows, row ).indexOf( row ) ] ) );
	return rows.toSorted( ( a, b ) => ( nth.get( a ) ?? 0 ) - ( nth.get( b ) ?? 0 ) );
}

const sameStage = ( rows: readonly Refusal[], { stage }: Refusal ) => rows.filter( ( row ) => row.stage === stage );
