import type { AlertMessage, ChannelKind, TargetOf } from '@email-gateway/shared';
import type { TryEnd } from '../db/alert-deliveries.ts';
import type { SendOptions } from './post.ts';

/** One alert on its way. */
export interface Outgoing {
	/** The same at each try. */
	id: string;
	message: AlertMessage;
}

/** Where alerts can go: each kind has a file. What is sealed of one is its target, and for a webhook what signs. */
export interface Channel< Kind extends ChannelKind > {
	/** What of its target may be shown: where, not the secret of it. */
	shown( target: TargetOf< Kind > ): string;
	/** Sends once; never throws for what a receiver does. */
	send( target: Sealed< Kind >, outgoing: Outgoing, options: SendOptions & { signIn?: SignIn } ): Promise< TryEnd >;
}

export type Sealed< Kind extends ChannelKind > = TargetOf< Kind > & { signingSecret?: string };

/** What signs in at the provider of an account. */
export interface SignIn {
	smtpServer: string;
	smtpPort: number;
	userName: string;
	password: string;
}

/** The text without what goes beyond a length, in characters as JavaScript counts them; whole ones only. */
export function cut( text: string, most: number ): string {
	return text.length <= most ? text : `${ text.slice( 0, most - 1 ).replace( /[\uD800-\uDBFF]$/, '' ) }…`;
}
