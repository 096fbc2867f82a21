import { causes } from '@email-gateway/shared';
import { askedOf } from '../../backend/src/gateway/status-filter.ts';
import { matters, staysInQueue } from '../../backend/src/gateway/reading/matters.ts';
import { measure } from '../../backend/src/gateway/test-measure.ts';
import { readReplies } from '../../backend/src/gateway/test-replies.ts';

export const heading = '## What replies mean';

/** The last section of docs/diagnoses.md: every cause with what it tells, and how well the labelled replies are read. */
export const repliesSection = (): string => `${ heading }

Printed by \`npm run -s lab -- diagnose --write\` from the rules and the labelled replies; \`npm test\` compares. Passes:
waiting alone can help; “by its code”: a 4xx does. Waits: the message stays in the queue. Some words of a cause are
someone else's to fix, or pass although the cause mostly does not; comments in the table on the server explain each of its ${
	askedOf.length
} rules. An \`unknown\` refusal waits, except at a recipient.

| Cause | Whose matter | Passes | Waits |
|---|---|---|---|
${ causes
	.filter( ( cause ) => cause !== 'accepted' )
	.map( causeRow )
	.join( '\n' ) }

Replies with labels, in \`backend/test-fixtures/replies/\`. Wrong: another matter is named than the label's; the rest is
left open, with the provider's words. Authors of rules never see the second set; they wrote and labelled the other sets,
except the first, before they ran the rules, and then improved the rules with them.

| Set | Replies | Whose: right | Whose: wrong | Stays in the queue: right |
|---|---|---|---|---|
${ [ 'first', 'second', 'third', 'fourth', 'fifth' ].map( setRow ).join( '\n' ) }
`;

function causeRow( cause: ( typeof causes )[ number ] ): string {
	const { whose, passes, waits } = matters[ cause ];
	const stays =
		cause === 'unknown'
			? 'see above'
			: yesNo( staysInQueue( { whose, ...( waits === undefined ? {} : { waits } ) } ) );
	return `| \`${ cause }\` | ${ whose ?? '–' } | ${
		passes === null ? 'by its code' : yesNo( passes )
	} | ${ stays } |`;
}

function setRow( name: string ): string {
	const { lines, right, wrong, waits } = measure( readReplies( `${ name }.json` ) );
	return `| ${ name } | ${ lines } | ${ percent( right ) } | ${ percent( wrong ) } | ${ percent( waits ) } |`;
}

const yesNo = ( is: boolean ) => ( is ? 'yes' : 'no' );
const percent = ( part: number ) => `${ ( part * 100 ).toFixed( 1 ) } %`;
