import { createPortal, useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { Card } from '../ui/card.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { letGoOfAll, unsavedForms } from './unsaved.ts';

interface Asked {
	form: HTMLFormElement;
	submitter: HTMLElement | null;
	/** Where the question is drawn: beside the button that was pressed, which may be in another tab than our fields. */
	place: HTMLElement;
}

/**
 * Our fields lie inside a form of somebody else: WordPress's own around a post, or a panel's. Its Save reloads the
 * page and carries none of them, so that it waits for an answer while something of ours is unsaved.
 */
export function SaveQuestion( { around }: { around: HTMLElement } ) {
	const [ asked, setAsked ] = useState< Asked | null >( null );
	useEffect( () => {
		const form = around.closest( 'form' );
		const ask = ( event: SubmitEvent ) => {
			if ( event.target !== form || ! form || unsavedForms().length === 0 ) {
				return;
			}
			// before anybody else hears of it: WordPress would disable its buttons
			event.preventDefault();
			event.stopImmediatePropagation();
			const { submitter } = event;
			const place = document.createElement( 'div' );
			( submitter?.closest( '.postbox' ) ?? submitter?.parentElement ?? form ).append( place );
			setAsked( ( before ) => before ?? { form, submitter, place } );
		};
		window.addEventListener( 'submit', ask, true );
		return () => window.removeEventListener( 'submit', ask, true );
	}, [ around ] );
	if ( ! asked ) {
		return null;
	}
	const close = () => {
		asked.place.remove();
		setAsked( null );
	};
	const [ first ] = unsavedForms();
	const titles = unsavedForms().map( ( { title } ) => title );
	return createPortal(
		<Card>
			<Confirmation
				title={ sprintf(
					/* translators: %s: names of boxes on the screen, e.g. Server Connection, Email Gateway */
					__( 'Save without what you typed in %s?', 'email-gateway' ),
					titles.join( ', ' )
				) }
				confirm={ __( 'Discard It and Save', 'email-gateway' ) }
				cancel={ __( 'Keep Editing', 'email-gateway' ) }
				destructive
				evenAway
				onConfirm={ () => {
					letGoOfAll();
					close();
					asked.form.requestSubmit( asked.submitter );
				} }
				onCancel={ () => {
					close();
					first?.show();
				} }
			>
				<p>
					{ __(
						'This button saves only its own box and reloads the page. Server Connection is saved by Check Connection, Email Gateway by its install button.',
						'email-gateway'
					) }
				</p>
			</Confirmation>
		</Card>,
		asked.place
	);
}
