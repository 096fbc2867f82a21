import type { ReactNode } from 'react';
import { Fragment } from '@wordpress/element';

export interface TableRow {
	key: string | number;
	cells: readonly ReactNode[];
	/** What was opened below it, as wide as the table. */
	below?: ReactNode;
	/** For scripts and tests that look for the row. */
	data?: Record< `data-${ string }`, string | number | undefined >;
}

interface TableProps {
	/** Says what the table is to whoever does not see it. */
	caption?: string;
	columns?: readonly ReactNode[];
	rows: readonly TableRow[];
	/** The first cell of a row is its title. */
	titled?: boolean;
	className?: string;
}

/** A table as those of core: where there is no room for columns, each cell names its own. */
export function Table( { caption, columns = [], rows, titled = false, className = '' }: TableProps ) {
	const cell = ( content: ReactNode, index: number ) => {
		const column = columns[ index ];
		return titled && index === 0 ? (
			<th key={ index } scope="row">
				{ content }
			</th>
		) : (
			<td key={ index } data-colname={ typeof column === 'string' ? column : undefined }>
				{ content }
			</td>
		);
	};
	return (
		<table className={ `widefat striped ${ className }` }>
			{ caption !== undefined && <caption className="screen-reader-text">{ caption }</caption> }
			{ columns.length > 0 && (
				<thead>
					<tr>
						{ columns.map( ( title, index ) => (
							<th key={ index } scope="col">
								{ title }
							</th>
						) ) }
					</tr>
				</thead>
			) }
			<tbody>
				{ rows.map( ( { key, cells, below, data } ) => (
					<Fragment key={ key }>
						<tr { ...data }>{ cells.map( cell ) }</tr>
						{ below && (
							<tr>
								<td colSpan={ cells.length }>{ below }</td>
							</tr>
						) }
					</Fragment>
				) ) }
			</tbody>
		</table>
	);
}
