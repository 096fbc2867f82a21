import type { CheckedRow } from '../words/checked.ts';
import { Table } from './table.tsx';

/** What was seen, line by line; ✓ and ✗ only where it matters for mail. */
export function CheckedTable( { caption, rows }: { caption: string; rows: CheckedRow[] } ) {
	const cells = ( { what, seen, good }: CheckedRow ) => [
		what,
		<>
			{ good !== null && <span aria-hidden="true">{ good ? '✓ ' : '✗ ' }</span> }
			{ seen }
		</>,
	];
	return (
		<Table
			className="email-gateway-checked"
			caption={ caption }
			titled
			rows={ rows.map( ( row ) => ( { key: row.what, cells: cells( row ) } ) ) }
		/>
	);
}
