import { createPortal, useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { Card } from '../ui/card.tsx';
import { ProblemHere } from '../ui/failure-notice.tsx';
import { fullTime } from '../words/time.ts';
import type { Server } from './use-server.ts';

/** A place above the box that `place` lies in, for what is told of all boxes. */
function usePlaceAbove( place: HTMLElement ): HTMLElement | null {
	const [ above, setAbove ] = useState< HTMLElement | null >( null );
	useEffect( () => {
		const made = document.createElement( 'div' );
		made.className = 'email-gateway-app email-gateway-above';
		( place.closest( '.postbox[id^="email-gateway-"]' ) ?? place ).before( made );
		setAbove( made );
		return () => made.remove();
	}, [ place ] );
	return above;
}

/** Why the last question about the server was not answered: once for all boxes, with the age of what they show. */
export function NotAnswered( { server, first }: { server: Server; first: HTMLElement } ) {
	const { known, problem, reload } = server;
	const above = usePlaceAbove( first );
	if ( ! above || ! problem ) {
		return null;
	}
	return createPortal(
		<Card>
			<ProblemHere problem={ problem } onRetry={ reload } />
			{ known && (
				<p className="email-gateway-quiet">
					{ sprintf(
						/* translators: %s: date and time */
						__( 'The boxes below show what was known on %s.', 'email-gateway' ),
						fullTime( new Date( known.atMs ).toISOString() )
					) }
				</p>
			) }
		</Card>,
		above
	);
}
