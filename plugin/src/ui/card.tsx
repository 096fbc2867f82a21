import type { KeyboardEvent, ReactNode } from 'react';
import { createContext, useContext, useRef } from '@wordpress/element';
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

/** Below the heading of a box of the edit screen; the settings page has no such heading above its sections. */
export const SectionHeading = createContext< 'h2' | 'h3' >( 'h3' );

export function Section( { title, id, children }: { title: string; id?: string; children: ReactNode } ) {
	const Heading = useContext( SectionHeading );
	return (
		<section id={ id } className="email-gateway-section">
			<Heading>{ title }</Heading>
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
