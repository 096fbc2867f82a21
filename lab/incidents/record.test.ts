import { expect, test } from '@jest/globals';
import { merged } from './record.ts';

const head = '| Fault | On | Looked at | | | | | | |\n|---|---|---|---|---|---|---|---|---|\n';
const line = ( name: string, kind: string, told: string ) =>
	`| ${ name }: it \\| goes wrong | ${ kind } | each minute | ${ told } |`;

test( 'what was played now stands in the place of what was played before; the rest of the page stays', () => {
	const old = [
		line( 'gone', 'debian12', '1' ),
		line( 'first', 'debian12', '2' ),
		line( 'second', 'debian13', '3' ),
	];
	const page = `# Incidents\n\n${ head }${ old.join( '\n' ) }\n\nWhat people wrote.\n`;
	const now = head + [ line( 'second', 'debian13', '5' ), line( 'first', 'debian13', '4' ) ].join( '\n' );
	expect( merged( page, { names: [ 'first', 'second' ], table: now } ) ).toBe(
		`# Incidents\n\n${ head }${ [
			line( 'first', 'debian12', '2' ),
			line( 'first', 'debian13', '4' ),
			line( 'second', 'debian13', '5' ),
		].join( '\n' ) }\n\nWhat people wrote.\n`
	);
} );

test( 'a page without a line takes the first ones', () => {
	const now = head + line( 'first', 'debian12', '1' );
	expect( merged( `# Incidents\n\n${ head }\nWhat people wrote.\n`, { names: [ 'first' ], table: now } ) ).toBe(
		`# Incidents\n\n${ now }\n\nWhat people wrote.\n`
	);
} );
