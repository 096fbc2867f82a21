import type { MouseEvent } from 'react';
import { Button } from '@wordpress/components';
import { fieldNameOf } from '../api/field-problems.ts';
import type { Problem } from '../api/problem.ts';
import { fieldLabel } from '../words/field-labels.ts';
import { fieldSentence } from '../words/field-problems.ts';

/** Each field that was refused by its name, which leads to it, and why. */
export function RefusedFields( { fields }: Pick< Problem, 'fields' > ) {
	const show =
		( name: string ) =>
		( { currentTarget }: MouseEvent< HTMLElement > ) => {
			const card = currentTarget.closest( '.email-gateway-card' );
			const field = card?.querySelector< HTMLElement >( `[data-field="${ name }"]` );
			field?.scrollIntoView( { block: 'center' } );
			field?.focus( { preventScroll: true } );
		};
	// Two things may be wrong with one field; beside it, too, only the first of them stands.
	const names = fields.map( ( { path } ) => fieldNameOf( path ) );
	return (
		<ul className="email-gateway-refused">
			{ fields.map( ( { problem }, index ) => {
				const name = names[ index ] ?? '';
				return names.indexOf( name ) < index ? null : (
					<li key={ name }>
						<Button variant="link" onClick={ show( name ) }>
							{ fieldLabel( name ) }
						</Button>
						{ `: ${ fieldSentence( problem, name ) }` }
					</li>
				);
			} ) }
		</ul>
	);
}
