import { __, _x, sprintf } from '@wordpress/i18n';
import type { Problem } from '../api/problem.ts';
import { failureWords } from '../words/failure-words.ts';
import { fullTime } from '../words/time.ts';

const id = 'email-gateway-not-answered';

function paragraph( ...content: Array< Node | string > ): HTMLElement {
	const element = document.createElement( 'p' );
	element.append( ...content );
	return element;
}

/** One notice above the list: why it is not filled, how old what it shows is, and a way to ask again. */
export function tellNotAnswered( problem: Problem, knownAtMs: number | null, retry: () => void ): void {
	const words = failureWords( problem );
	const happened = document.createElement( 'strong' );
	happened.textContent = words.happened;
	const button = document.createElement( 'button' );
	button.type = 'button';
	button.className = 'button';
	button.textContent = _x( 'Retry', 'button', 'email-gateway' );
	button.addEventListener( 'click', retry );
	const notice = document.createElement( 'div' );
	notice.id = id;
	notice.className = 'notice notice-error';
	notice.setAttribute( 'role', 'alert' );
	notice.append( paragraph( happened, ' ', words.mail ?? '' ), paragraph( words.todo ) );
	if ( knownAtMs !== null ) {
		/* translators: %s: date and time */
		const shown = __( 'The list shows what was known on %s.', 'email-gateway' );
		notice.append( paragraph( sprintf( shown, fullTime( new Date( knownAtMs ).toISOString() ) ) ) );
	}
	notice.append( paragraph( button ) );
	takeNoticeAway();
	document.querySelector( '.wp-header-end' )?.after( notice );
}

export function takeNoticeAway(): void {
	document.getElementById( id )?.remove();
}
