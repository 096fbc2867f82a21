import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { ActionButton } from './action-button.tsx';

interface ConfirmationProps {
	title: string;
	children: ReactNode;
	/** The word on the button that does it. */
	confirm: string;
	destructive?: boolean;
	onConfirm: () => void;
	onCancel: () => void;
}

/** A question in the page, where it belongs. It takes the focus and gives it back; Escape says no. */
export function Confirmation( { title, children, confirm, destructive, onConfirm, onCancel }: ConfirmationProps ) {
	const id = useId();
	const box = useRef< HTMLDivElement >( null );
	useEffect( () => {
		const before = document.activeElement;
		box.current?.focus();
		return () => {
			if ( before instanceof HTMLElement ) {
				before.focus();
			}
		};
	}, [] );
	const onKeyDown = ( event: KeyboardEvent ) => {
		if ( event.key === 'Escape' ) {
			event.stopPropagation();
			onCancel();
		}
	};
	return (
		<div
			ref={ box }
			role="alertdialog"
			aria-labelledby={ `${ id }-title` }
			aria-describedby={ `${ id }-text` }
			tabIndex={ -1 }
			className="email-gateway-confirmation"
			onKeyDown={ onKeyDown }
		>
			<strong id={ `${ id }-title` }>{ title }</strong>
			<div id={ `${ id }-text` }>{ children }</div>
			<div className="email-gateway-actions">
				<ActionButton variant="primary" destructive={ destructive } onClick={ onConfirm }>
					{ confirm }
				</ActionButton>
				<ActionButton variant="tertiary" onClick={ onCancel }>
					{ __( 'Cancel', 'email-gateway' ) }
				</ActionButton>
			</div>
		</div>
	);
}
