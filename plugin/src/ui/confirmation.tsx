import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef } from '@wordpress/element';
import { useConstrainedTabbing, useMergeRefs } from '@wordpress/compose';
import { _x } from '@wordpress/i18n';
import { ActionButton } from './action-button.tsx';

interface ConfirmationProps {
	title: string;
	children: ReactNode;
	/** The word on the button that does it. */
	confirm: string;
	/** The word on the button that does nothing. */
	cancel?: string;
	destructive?: boolean;
	/** What is asked is done without the backend, too. */
	evenAway?: boolean;
	onConfirm: () => void;
	onCancel: () => void;
}

/** A question in the page, where it belongs. It takes the focus, holds it and gives it back; Escape says no. */
export function Confirmation( props: ConfirmationProps ) {
	const { title, children, confirm, destructive = false, evenAway = false, onConfirm, onCancel } = props;
	const id = useId();
	const box = useRef< HTMLDivElement >( null );
	useEffect( () => {
		const before = document.activeElement;
		box.current?.focus();
		return () => {
			if ( before instanceof HTMLElement && before.isConnected ) {
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
	const yes = (
		<ActionButton
			evenAway={ evenAway }
			key="yes"
			variant="primary"
			destructive={ destructive }
			onClick={ onConfirm }
		>
			{ confirm }
		</ActionButton>
	);
	const no = (
		<ActionButton evenAway key="no" variant={ destructive ? 'secondary' : 'tertiary' } onClick={ onCancel }>
			{ props.cancel ?? _x( 'Cancel', 'button', 'email-gateway' ) }
		</ActionButton>
	);
	return (
		<div role="presentation" onKeyDown={ onKeyDown }>
			<div
				ref={ useMergeRefs( [ box, useConstrainedTabbing() ] ) }
				role="alertdialog"
				aria-modal="true"
				aria-labelledby={ `${ id }-title` }
				aria-describedby={ `${ id }-text` }
				tabIndex={ -1 }
				className="email-gateway-confirmation"
			>
				<strong id={ `${ id }-title` }>{ title }</strong>
				<div id={ `${ id }-text` } className="email-gateway-form">
					{ children }
				</div>
				{ /* what cannot be undone is never the first button */ }
				<div className="email-gateway-actions">{ destructive ? [ no, yes ] : [ yes, no ] }</div>
			</div>
		</div>
	);
}
