import type { ServerView } from '@email-gateway/shared';

/** What each part of the gateway's card is drawn from. */
export interface SectionProps {
	view: ServerView;
	/** Asks for the view again. */
	onChange: () => void;
	/** Signed in before, with a trusted host key: jobs can run. */
	connected: boolean;
}
