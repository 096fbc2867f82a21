import type { ReactNode } from 'react';
import { useEffect, useRef } from '@wordpress/element';
import type { Problem } from '../api/problem.ts';

/** Fields that are sent together. When some are refused, the focus goes to the first of them. */
export function FormArea( { problem, children }: { problem: Problem | null; children: ReactNode } ) {
	const area = useRef< HTMLDivElement >( null );
	useEffect( () => {
		area.current?.querySelector< HTMLElement >( '[aria-invalid="true"]' )?.focus();
	}, [ problem ] );
	return (
		<div ref={ area } className="email-gateway-form">
			{ children }
		</div>
	);
}
