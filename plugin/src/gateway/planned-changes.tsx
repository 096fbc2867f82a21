import { Notice } from '@wordpress/components';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { PlannedStep } from '@email-gateway/shared';
import { Disclosure } from '../ui/disclosure.tsx';
import { RawText } from '../ui/raw-text.tsx';
import { groupsOf, plannedWords } from '../words/planned.ts';

/** What an install would change, and why: what goes first, since that is what people look for. */
export function PlannedChanges( {
	plan,
	title,
	isOpen = false,
}: {
	plan: PlannedStep[];
	/** In place of that of an install. */ title?: string;
	/** Each change is seen at once. */ isOpen?: boolean;
} ) {
	if ( plan.length === 0 ) {
		return (
			<Notice status="success" isDismissible={ false }>
				{ __( 'Nothing would change: the server is up to date.', 'email-gateway' ) }
			</Notice>
		);
	}
	return (
		<div className="email-gateway-plan">
			<p>
				<strong>
					{ title ?? __( 'An install would change this. Nothing was changed yet.', 'email-gateway' ) }
				</strong>
			</p>
			{ groupsOf( plan ).map( ( { name, title, steps } ) => (
				<Disclosure key={ name } summary={ title } isOpen={ isOpen || name === 'removed' }>
					<ul>
						{ steps.map( ( step, index ) => (
							<li key={ index }>
								{ plannedWords( step ) }
								<Value of={ step } />
								{ /* the comment of the generated file, in the language of Postfix's own manual */ }
								<span className="email-gateway-quiet" lang="en">
									{ ' ' }
									{ step.why }
								</span>
								<ValueBefore of={ step } />
							</li>
						) ) }
					</ul>
				</Disclosure>
			) ) }
		</div>
	);
}

/** A file's text keeps its lines; an empty value is told, not shown as nothing. */
function Value( { of: { value, subject } }: { of: PlannedStep } ) {
	if ( value === null ) {
		return null;
	}
	if ( value.includes( '\n' ) ) {
		return <RawText label={ subject }>{ value }</RawText>;
	}
	return (
		<>
			{ ' = ' }
			{ value === '' ? (
				<em>{ _x( 'empty', 'value of a setting', 'email-gateway' ) }</em>
			) : (
				<code>{ value }</code>
			) }
		</>
	);
}

function ValueBefore( { of: { was } }: { of: PlannedStep } ) {
	return was === null ? null : (
		<span className="email-gateway-quiet">
			{ ' · ' }
			{
				/* translators: %s: a value found on the server */
				sprintf( __( 'Now: %s', 'email-gateway' ), was )
			}
		</span>
	);
}
