import type { KeyboardEvent, ReactNode } from 'react';
import { useRef } from '@wordpress/element';
import { useKeptFocus } from './keep-focus.ts';

/** Enter in one of our fields must not save the post around it. */
function keepEnter( event: KeyboardEvent ) {
	if ( event.key === 'Enter' && event.target instanceof HTMLInputElement ) {
		event.preventDefault();
	}
}

export function Card( { children }: { children: ReactNode } ) {
	const place = useRef< HTMLDivElement >( null );
	useKeptFocus( place );
	return (
		<div ref={ place } role="presentation" className="email-gateway-card" onKeyDown={ keepEnter }>
			{ children }
		</div>
	);
}

export function Section( { title, id, children }: { title: string; id?: string; children: ReactNode } ) {
	return (
		<section id={ id } className="email-gateway-section">
			<h3>{ title }</h3>
			{ children }
		</section>
	);
}

export function Row( { children }: { children: ReactNode } ) {
	return <div className="email-gateway-row">{ children }</div>;
}

export function Actions( { children }: { children: ReactNode } ) {
	return <div className="email-gateway-actions">{ children }</div>;
}
