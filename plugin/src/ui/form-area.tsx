import type { ReactNode, RefObject } from 'react';
import { useEffect, useRef } from '@wordpress/element';
import type { Problem } from '../api/problem.ts';
import { leadTo } from './lead-to.ts';

export interface Form {
	place: RefObject< HTMLDivElement >;
	/** Leads to one field by its name, or to the first. */
	focus: ( name?: string ) => void;
	/** Brings what stands below the fields into sight. */
	showEnd: () => void;
}

/** Leads to the fields of a form from elsewhere on the screen. */
export function useForm(): Form {
	const place = useRef< HTMLDivElement >( null );
	return {
		place,
		focus: ( name ) => leadTo( place.current, name ),
		showEnd: () => {
			const folded = place.current?.closest( 'details:not( [open] )' );
			( folded ?? place.current?.nextElementSibling )?.scrollIntoView( { block: 'center' } );
		},
	};
}

interface FormAreaProps {
	problem: Problem | null;
	form?: Form;
	children: ReactNode;
}

/** Fields that are sent together. When some are refused, the focus goes to the first of them. */
export function FormArea( { problem, form, children }: FormAreaProps ) {
	const own = useRef< HTMLDivElement >( null );
	const place = form?.place ?? own;
	useEffect( () => {
		place.current?.querySelector< HTMLElement >( '[aria-invalid="true"]' )?.focus();
	}, [ problem, place ] );
	return (
		<div ref={ place } className="email-gateway-form">
			{ children }
		</div>
	);
}
