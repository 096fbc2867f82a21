import { __, _n, sprintf } from '@wordpress/i18n';
import type { Sentences } from './failure.ts';

function accountUsers( servers: number, channels: number ): string {
	if ( channels === 0 ) {
		/* translators: %d: number of servers */
		const used = _n(
			'This account is used by %d server.',
			'This account is used by %d servers.',
			servers,
			'email-gateway'
		);
		return sprintf( used, servers );
	}
	if ( servers === 0 ) {
		/* translators: %d: number of channels for alerts */
		const used = _n(
			'This account is used by %d channel.',
			'This account is used by %d channels.',
			channels,
			'email-gateway'
		);
		return sprintf( used, channels );
	}
	return sprintf(
		/* translators: 1: number of servers, 2: number of channels for alerts */
		__( 'Servers (%1$d) and channels for alerts (%2$d) use this account.', 'email-gateway' ),
		servers,
		channels
	);
}

/** What cannot be done with an account, and nothing of it was. */
export const ofAccounts: Sentences<
	| ( 'account_name_taken' | 'account_in_use' | 'account_not_proved' | 'too_many_accounts' )
	| ( 'account_is_backup' | 'same_account' | 'sends_by_backup' )
> = {
	account_name_taken: ( { name } ) => ( {
		/* translators: %s: name of an account */
		happened: sprintf( __( 'Another account is called %s.', 'email-gateway' ), name ),
		todo: __( 'Give this one another name; nothing was saved.', 'email-gateway' ),
	} ),
	account_in_use: ( { servers, channels } ) => ( {
		happened: accountUsers( servers, channels ),
		todo: __(
			'Give those servers, their routes and those channels another account, then delete it; nothing was deleted.',
			'email-gateway'
		),
	} ),
	account_not_proved: ( { name } ) => ( {
		happened: sprintf(
			/* translators: %s: name of an account */
			__(
				'The provider has not yet accepted a login with the present values of the account %s.',
				'email-gateway'
			),
			name
		),
		todo: __( 'Press Edit, then Check Settings; no server was changed.', 'email-gateway' ),
	} ),
	account_is_backup: ( { servers } ) => ( {
		happened: sprintf(
			/* translators: %d: number of servers */
			_n(
				'This account is the backup account on %d server, of it or of a route, or what these go back to.',
				'This account is the backup account on %d servers, of them or of routes, or what these go back to.',
				servers,
				'email-gateway'
			),
			servers
		),
		todo: __( 'Choose another backup account there, then delete it; nothing was deleted.', 'email-gateway' ),
	} ),
	same_account: () => ( {
		happened: __( 'This server or route sends by that account already.', 'email-gateway' ),
		todo: __( 'Choose an account with another SMTP Server or User Name as its backup.', 'email-gateway' ),
	} ),
	sends_by_backup: () => ( {
		happened: __( 'This server or route sends by its backup account now.', 'email-gateway' ),
		todo: __( 'Press Switch Back first; nothing was changed.', 'email-gateway' ),
	} ),
	too_many_accounts: ( { most } ) => ( {
		happened: sprintf(
			/* translators: %d: how many */
			_n(
				'This site has %d account, and no more are possible.',
				'This site has %d accounts, and no more are possible.',
				most,
				'email-gateway'
			),
			most
		),
		todo: __( 'Delete one that you no longer need.', 'email-gateway' ),
	} ),
};
