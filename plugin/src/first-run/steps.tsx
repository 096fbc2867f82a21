import type { ReactNode } from 'react';
import { useEffect, useRef } from '@wordpress/element';
import { __, _x, sprintf } from '@wordpress/i18n';

export type StepState = 'done' | 'now' | 'later';

export const Steps = ( { children }: { children: ReactNode } ) => <ol className="email-gateway-guide">{ children }</ol>;

interface StepProps {
	state: StepState;
	title: string;
	/** What came of it, once it is done. */
	summary?: ReactNode;
	/** Only what this step needs; drawn while it is its turn. */
	children?: ReactNode;
	/** What it showed stays to be read. */
	staysOpen?: boolean;
}

const spoken: Record< StepState, ( title: string ) => string > = {
	/* translators: %s: title of a step, e.g. Pair */
	done: ( title ) => sprintf( __( '%s: done.', 'email-gateway' ), title ),
	/* translators: %s: title of a step, e.g. Pair */
	now: ( title ) => sprintf( __( '%s: this is the current step.', 'email-gateway' ), title ),
	/* translators: %s: title of a step, e.g. Pair */
	later: ( title ) => sprintf( __( '%s: comes later.', 'email-gateway' ), title ),
};

/** One step. When its turn comes the keyboard goes to its title: the button that was pressed is gone. */
export function Step( { state, title, summary, children, staysOpen }: StepProps ) {
	const heading = useRef< HTMLHeadingElement >( null );
	const before = useRef( state );
	useEffect( () => {
		if ( before.current !== state && state === 'now' ) {
			heading.current?.focus();
		}
		before.current = state;
	}, [ state ] );
	return (
		<li
			className={ `is-${ state }` }
			data-guide-step={ state }
			aria-current={ state === 'now' ? 'step' : undefined }
		>
			<h2 ref={ heading } tabIndex={ -1 }>
				<span aria-hidden="true">{ title }</span>
				<span className="screen-reader-text">{ spoken[ state ]( title ) }</span>
				{ state === 'done' && (
					<span className="email-gateway-tick" aria-hidden="true">
						{ _x( 'Done', 'state of a step', 'email-gateway' ) }
					</span>
				) }
			</h2>
			{ state === 'done' && summary && <p>{ summary }</p> }
			{ ( state === 'now' || ( state === 'done' && staysOpen ) ) && (
				<div className="email-gateway-form">{ children }</div>
			) }
		</li>
	);
}
