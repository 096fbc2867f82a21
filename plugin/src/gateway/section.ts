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

/**
 * Whether a gateway is installed. Its settings may be hidden from this person: those of the included gateway, and those
 * of a former owner of the server.
 */
export const isInstalled = ( { gateway, handedOver }: Pick< ServerView, 'gateway' | 'handedOver' > ) =>
	gateway.installed !== null ||
	gateway.included === 'in_use' ||
	gateway.included === 'withdrawn' ||
	handedOver?.gatewayStays === true;
