import type { RouteView } from '@email-gateway/shared';

/** What a test email of a site is from, unless a person says otherwise. */
export const senderOfRoute = ( { senders: [ first = '' ], sendAs }: Pick< RouteView, 'senders' | 'sendAs' > ): string =>
	sendAs ?? ( first.includes( '@' ) ? first : `wordpress@${ first }` );
