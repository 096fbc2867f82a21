import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { JobResult, SandboxKind, SandboxView, ServerView, TestResult } from '@email-gateway/shared';
import { heldSentence } from './held.ts';
import { environmentWord } from './sites.ts';
import type { Tone } from './states.ts';

/** For a server whose sandbox is on. */
export const sandboxPill = (): { word: string; tone: Tone } => ( {
	word: _x( 'Sandbox', 'state of a server', 'email-gateway' ),
	tone: 'waiting',
} );

/** What becomes of mail now. */
export function sandboxWords( {
	kind,
	mailbox,
	allowed,
}: Pick< SandboxView, 'kind' | 'mailbox' | 'allowed' > ): string {
	switch ( kind ) {
		case 'hold':
			return __( 'The sandbox is on: all mail of this server is held on it, and none leaves.', 'email-gateway' );
		case 'drop':
			return __( 'The sandbox is on: all mail of this server is thrown away.', 'email-gateway' );
	}
	if ( mailbox === null ) {
		return __(
			'The sandbox is on, since the time of the former owner: all mail of this server goes to a mailbox of theirs.',
			'email-gateway'
		);
	}
	return allowed.length === 0
		? /* translators: %s: a mail address */
		  sprintf( __( 'The sandbox is on: all mail of this server goes to %s.', 'email-gateway' ), mailbox )
		: sprintf(
				/* translators: 1: a mail address, 2: domains with commas between them */
				__(
					'The sandbox is on: all mail of this server goes to %1$s, but for what is sent to %2$s.',
					'email-gateway'
				),
				mailbox,
				allowed.join( ', ' )
		  );
}

/** What it does not see. */
export const sandboxLimit = (): string =>
	__(
		'It covers what goes through this gateway: mail(), sendmail and SMTP to localhost. A plugin that hands mail to a provider’s HTTP API, or connects to an SMTP server directly, is not stopped.',
		'email-gateway'
	);

/** Sites that say that they are no production; empty where none does. */
export const notProductionWords = ( sites: ServerView[ 'gateway' ][ 'notProduction' ] ): string =>
	sites.length === 0
		? ''
		: sprintf(
				/* translators: %s: sites with their environment, such as shop.example (Staging) */
				__(
					'Not all sites here are in production: %s. The sandbox keeps their mail from reaching customers, and that of all other sites on this server, too.',
					'email-gateway'
				),
				sites
					.map( ( { name, environment } ) =>
						/* translators: 1: a site, 2: its environment */
						sprintf( _x( '%1$s (%2$s)', 'a site', 'email-gateway' ), name, environmentWord( environment ) )
					)
					.join( ', ' )
		  );

/** Beside the outcome of a test email. */
export function sandboxTestWords( { kind, mailbox }: NonNullable< TestResult[ 'sandbox' ] > ): string {
	if ( mailbox !== null ) {
		return sprintf(
			/* translators: %s: a mail address */
			__( 'The sandbox is on: %s gets this message in place of its recipient.', 'email-gateway' ),
			mailbox
		);
	}
	return testWords[ kind ]();
}

const testWords: Record< SandboxKind, () => string > = {
	redirect: () => __( 'The sandbox is on.', 'email-gateway' ),
	hold: () => __( 'The sandbox is on and holds all mail.', 'email-gateway' ),
	drop: () => __( 'The sandbox is on and throws all mail away.', 'email-gateway' ),
};

type Changed = Extract< JobResult, { verb: 'turn_on_sandbox' | 'turn_off_sandbox' } >;

/** How it was turned on or off. */
export function sandboxSentences( result: Changed ): string[] {
	if ( result.verb === 'turn_on_sandbox' ) {
		return [
			__( 'The sandbox is on.', 'email-gateway' ),
			...( result.held > 0 ? [ heldBefore( result.held ) ] : [] ),
		];
	}
	const off = __( 'The sandbox is off: mail leaves again.', 'email-gateway' );
	return result.messages > 0 ? [ off, heldSentence( result.choice, result.messages ) ] : [ off ];
}

const heldBefore = ( messages: number ) =>
	sprintf(
		/* translators: %d: number of messages */
		_n(
			'%d message that waited in the queue is held.',
			'%d messages that waited in the queue are held.',
			messages,
			'email-gateway'
		),
		messages
	);
