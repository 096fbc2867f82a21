import type { Cause } from '@email-gateway/shared';
import { causeWords, deliveryWords } from '../../plugin/src/words/causes.ts';
import { repliesSection } from '../diagnose/section.ts';
import type { Diagnoses, Fault } from './fault.ts';

export interface Played {
	fault: Fault;
	/** What the product said, or why the fault could not be played. */
	said: Diagnoses | Error;
}

export function isAsExpected( { fault: { expected }, said }: Played ): boolean {
	return ! ( said instanceof Error ) && said.check === expected.check && said.test === expected.test;
}

/** One row for each fault, for a terminal; what was expected stands below where it was something else. */
export function renderTable( played: readonly Played[] ): string {
	const rows = played.flatMap( ( one ) => {
		const { fault, said } = one;
		if ( said instanceof Error ) {
			return [ [ fault.what, said.message, '', 'NO' ] ];
		}
		const row = [ fault.what, said.check, said.test, isAsExpected( one ) ? 'yes' : 'NO' ];
		return isAsExpected( one )
			? [ row ]
			: [ row, [ '  expected:', fault.expected.check, fault.expected.test, '' ] ];
	} );
	const all = [ [ 'Fault', 'Check Settings says', 'A test email says', 'As expected' ], ...rows ];
	const widths = [ 0, 1, 2 ].map( ( column ) => Math.max( ...all.map( ( row ) => row[ column ]?.length ?? 0 ) ) );
	return all
		.map( ( row ) =>
			row
				.map( ( cell, column ) => cell.padEnd( widths[ column ] ?? 0 ) )
				.join( '  ' )
				.trimEnd()
		)
		.join( '\n' );
}

/** The page docs/diagnoses.md. */
export function renderPage( played: readonly Played[] ): string {
	const rows = played.map( ( one ) => {
		const { fault, said } = one;
		const [ check, test ] = said instanceof Error ? [ said.message, '' ] : [ said.check, said.test ];
		return `| ${ fault.what } | ${ code( check ) } | ${ code( test ) } | ${
			isAsExpected( one ) ? 'yes' : '**no**'
		} |`;
	} );
	return `# Faults, and what is said of them

Printed by \`npm run lab -- faults --write\`: each row was played on a real server, with a gateway, against the lab's
provider, through the functions that the jobs of the backend call (\`checkProvider\`, \`prove\`, \`flush\`). Check Settings
looks before anything is changed; the test email goes through an installed gateway. \`waiting\` loses nothing,
\`refused\` comes back to the sender. A test compares this page with the catalogue in \`lab/faults/\`.

| What happens | Check Settings says | A test email says | As expected |
|---|---|---|---|
${ rows.join( '\n' ) }

## In words

What stands on the screen for each of them:

| | What happened | What to do |
|---|---|---|
${ causesIn( played ).map( wordsRow ).join( '\n' ) }

${ repliesSection() }`;
}

const code = ( text: string ) => text.replace( /[a-z]+(_[a-z]+)+/g, '`$&`' );

function causesIn( played: readonly Played[] ): Cause[] {
	const all = played.flatMap( ( { fault: { expected } } ) => [ expected.check, expected.test ] );
	return [ ...new Set( all.flatMap( ( text ) => text.match( /[a-z]+(_[a-z]+)+|greylisted/g ) ?? [] ) ) ] as Cause[];
}

function wordsRow( cause: Cause ): string {
	const { happened = '', todo = '' } = causeWords( { cause } ) ?? {};
	const waiting = deliveryWords( cause, 'waiting' ).todo;
	return `| \`${ cause }\` | ${ happened } | ${ todo }${
		waiting === todo ? '' : ` While mail waits: ${ waiting }`
	} |`;
}
