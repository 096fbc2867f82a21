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
	return (
		<ul className="email-gateway-refused">
			{ fields.map( ( { path, problem } ) => {
				const name = fieldNameOf( path );
				return (
					<li key={ path }>
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
