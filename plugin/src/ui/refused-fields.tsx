import type { MouseEvent } from 'react';
import { Button } from '@wordpress/components';
import { fieldNameOf } from '../api/field-problems.ts';
import type { Problem } from '../api/problem.ts';
import { fieldLabel } from '../words/field-labels.ts';
import { fieldSentence } from '../words/field-problems.ts';
import { leadTo } from './lead-to.ts';

/** Each field that was refused by its name, which leads to it, and why. */
export function RefusedFields( { fields }: Pick< Problem, 'fields' > ) {
	const show =
		( name: string ) =>
		( { currentTarget }: MouseEvent< HTMLElement > ) =>
			leadTo( currentTarget.closest( '.email-gateway-card' ), name );
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
