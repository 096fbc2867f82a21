import type { ReactNode } from 'react';
import { __, sprintf } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import { isHandMade } from '../words/hand-made.ts';
import { seenWords } from '../words/seen.ts';
import { fullTime, relativeTime } from '../words/time.ts';
import { isInstalled } from './section.ts';

interface LastSeenProps {
	view: ServerView;
	/** What sets back what was changed by hand; null where it is done another way. */
	repair: ReactNode;
}

/** What the last look at the server saw of the gateway, and when that was. */
export function LastSeen( { view, repair }: LastSeenProps ) {
	const lastLook = view.connection?.lastLook;
	if ( ! lastLook?.mail || ! isInstalled( view ) ) {
		return null;
	}
	const { mail } = lastLook;
	const canRepair = repair !== null && isHandMade( mail );
	return (
		<div>
			<p className="email-gateway-quiet" title={ fullTime( lastLook.at ) }>
				{ sprintf(
					/* translators: %s: for example "2 minutes ago" */
					__( 'The server was last checked %s.', 'email-gateway' ),
					relativeTime( lastLook.at )
				) }
			</p>
			<ul>
				{ seenWords( mail, lastLook.at, canRepair ).map( ( { tone, sentence } ) => (
					<li key={ sentence } className={ `email-gateway-${ tone }` }>
						{ sentence }
					</li>
				) ) }
			</ul>
			{ canRepair && repair }
		</div>
	);
}
