import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { Alignment, BackupView, SwitchReason } from '@email-gateway/shared';
import type { Tone } from './states.ts';
import { fullTime } from './time.ts';

type Active = NonNullable< BackupView[ 'active' ] >;

/** For a server that sends by its backup account. */
export const backupPill = (): { word: string; tone: Tone } => ( {
	word: _x( 'Backup', 'state of a server', 'email-gateway' ),
	tone: 'waiting',
} );

const reasons: Record< SwitchReason, ( first: string, by: string ) => string > = {
	login: ( first ) =>
		/* translators: %s: host name of a provider */
		sprintf( __( '%s no longer accepts the login of the first account.', 'email-gateway' ), first ),
	account: ( first ) =>
		/* translators: %s: host name of a provider */
		sprintf( __( 'The first account is suspended at %s.', 'email-gateway' ), first ),
	provider: ( first ) =>
		/* translators: %s: host name of a provider */
		sprintf( __( '%s cannot be reached or is in trouble.', 'email-gateway' ), first ),
	limit: ( first ) =>
		sprintf(
			/* translators: %s: host name of a provider */
			__( 'The first account has sent what %s takes in a day.', 'email-gateway' ),
			first
		),
	by_hand: ( _first, by ) =>
		/* translators: %s: login of a person */
		sprintf( __( '%s switched it by hand.', 'email-gateway' ), by ),
};

/** By which account a server sends now, since when and why. */
export function onBackupWords(
	{ name, smtpServer }: Pick< BackupView, 'name' | 'smtpServer' >,
	active: Active
): string {
	const { since, why, first, by } = active;
	const now = sprintf(
		/* translators: 1: name of an account, 2: host name of a provider, 3: date and time */
		__( 'Sending by the backup account %1$s at %2$s since %3$s.', 'email-gateway' ),
		name,
		smtpServer,
		fullTime( since )
	);
	return `${ now } ${ reasons[ why ]( first, by ) }`;
}

/** What brings it back. */
export function wayBackWords( { back, staysUntil }: Pick< Active, 'back' | 'staysUntil' > ): string {
	switch ( back ) {
		case 'by_hand':
			return __( 'It stays so until someone presses Switch Back.', 'email-gateway' );
		case 'test_email':
			return __(
				'It goes back once another server has sent a test email by the first account, or when you press Switch Back: that a suspended account can sign in proves nothing.',
				'email-gateway'
			);
	}
	return sprintf(
		/* translators: %s: date and time */
		__( 'It goes back once the first account signs in again, from %s on.', 'email-gateway' ),
		fullTime( staysUntil )
	);
}

/** How many messages went that way. */
export const byBackupWords = ( messages: number ): string =>
	sprintf(
		/* translators: %d: number of messages */
		_n(
			'%d message has left by the backup account since.',
			'%d messages have left by the backup account since.',
			messages,
			'email-gateway'
		),
		messages
	);

/** What may come twice; empty where nothing may. */
export function twiceWords( { messages, queueIds }: Active[ 'twice' ] ): string {
	if ( messages === 0 ) {
		return '';
	}
	return sprintf(
		/* translators: 1: number of messages, 2: ids of messages */
		_n(
			'The last answer of the first provider to %1$d message was lost, so it may arrive twice: %2$s.',
			'The last answer of the first provider to %1$d messages was lost, so they may arrive twice: %2$s.',
			messages,
			'email-gateway'
		),
		messages,
		queueIds.join( ', ' )
	);
}

/** Whether receivers can see that mail of a domain is genuine while it leaves by the backup. */
export function alignmentWords( { domain, verdict }: Alignment ): string {
	switch ( verdict ) {
		case 'passes':
			/* translators: %s: a domain */
			return sprintf( __( '%s: receivers see that its mail is genuine.', 'email-gateway' ), domain );
		case 'cannot_tell':
			return sprintf(
				/* translators: %s: a domain */
				__( '%s: DNS alone does not show whether receivers accept its mail as genuine.', 'email-gateway' ),
				domain
			);
		case 'rewritten':
			return sprintf(
				/* translators: %s: a domain */
				__( '%s: the backup’s provider puts the address of the account into From.', 'email-gateway' ),
				domain
			);
		case 'no_such_domain':
			/* translators: %s: a domain */
			return sprintf( __( '%s: this domain does not exist.', 'email-gateway' ), domain );
	}
	return sprintf(
		/* translators: %s: a domain */
		__(
			'%s: its mail may be marked as spam or refused, for its DNS does not name the backup’s provider.',
			'email-gateway'
		),
		domain
	);
}
