import type { CheckedRow } from '../words/checked.ts';

/** What was seen, line by line; ✓ and ✗ only where it matters for mail. */
export function CheckedTable( { caption, rows }: { caption: string; rows: CheckedRow[] } ) {
	return (
		<table className="email-gateway-checked widefat striped">
			<caption className="screen-reader-text">{ caption }</caption>
			<tbody>
				{ rows.map( ( { what, seen, good } ) => (
					<tr key={ what }>
						<th scope="row">{ what }</th>
						<td>
							{ good !== null && <span aria-hidden="true">{ good ? '✓ ' : '✗ ' }</span> }
							{ seen }
						</td>
					</tr>
				) ) }
			</tbody>
		</table>
	);
}
