import type { ServerView } from '@email-gateway/shared';

/** What each part of the gateway's card is drawn from. */
export interface SectionProps {
	view: ServerView;
	/** Asks for the view again. */
	onChange: () => void;
	/** Signed in before, with a trusted host key, and the backend answers: jobs can run. */
	connected: boolean;
	/** The backend does not answer: what it told last can be read, and nothing asked. */
	away: boolean;
}

/** Whether a gateway is there; of one whose values are not shown to this person, its settings are not told. */
export const isInstalled = ( { installed, included }: ServerView[ 'gateway' ] ) =>
	installed !== null || included === 'in_use' || included === 'withdrawn';
