import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { AccountView, BackupUse } from '@email-gateway/shared';
import { Pill } from '../ui/pill.tsx';
import { wholeNumber } from '../words/numbers.ts';
import { relativeTime } from '../words/time.ts';

/** What it is called, where it signs in, and when that last worked. */
export function AccountName( { account }: { account: AccountView } ) {
	const { name, isDefault, smtpServer, smtpPort, userName, sendingDomain } = account;
	const ofDay = dayWords( account );
	return (
		<>
			<bdi>{ name }</bdi>{ ' ' }
			{ isDefault && <Pill word={ _x( 'Default', 'account', 'email-gateway' ) } tone="busy" /> }
			<div className="email-gateway-quiet">
				{ sprintf(
					/* translators: 1: host and port, 2: user name, 3: domain */
					__( '%1$s as %2$s, for %3$s', 'email-gateway' ),
					`${ smtpServer }:${ smtpPort }`,
					userName,
					sendingDomain
				) }
			</div>
			<div className="email-gateway-quiet">{ provedWords( account ) }</div>
			{ ofDay && <div className="email-gateway-quiet">{ ofDay }</div> }
		</>
	);
}

/** How much of its day is used, and of how much; null: neither is known, or for this person to know. */
function dayWords( { dailyLimit, today }: AccountView ): string | null {
	const limit = today?.limit ?? dailyLimit;
	if ( ! today ) {
		return limit === null
			? null
			: /* translators: %s: a number */
			  sprintf( __( 'At most %s messages a day', 'email-gateway' ), wholeNumber( limit ) );
	}
	return limit === null
		? /* translators: %s: a number */
		  sprintf( __( 'Messages since midnight UTC: %s', 'email-gateway' ), wholeNumber( today.used ) )
		: sprintf(
				/* translators: 1: number of messages, 2: number of messages */
				__( 'Messages since midnight UTC: %1$s of at most %2$s', 'email-gateway' ),
				wholeNumber( today.used ),
				wholeNumber( limit )
		  );
}

function provedWords( { proved }: AccountView ): string {
	if ( ! proved ) {
		return __( 'Not proved yet: press Edit, then Check Settings.', 'email-gateway' );
	}
	return sprintf(
		proved.by === 'test_email'
			? /* translators: %s: for example "2 minutes ago" */
			  __( 'The provider accepted a test email %s.', 'email-gateway' )
			: /* translators: %s: for example "2 minutes ago" */
			  __( 'The provider accepted the login %s.', 'email-gateway' ),
		relativeTime( proved.at )
	);
}

/** How many servers have it, which of them have older values, and what sends by it. */
export function AccountUse( { account: { usedBy } }: { account: AccountView } ) {
	const { servers, withOlderValues, listed, channels } = usedBy;
	const older = listed.filter( ( { hasOlderValues } ) => hasOlderValues );
	return (
		<>
			<div>{ usage( servers, withOlderValues ) }</div>
			{ ( older.length > 0 ? older : listed ).map( ( { serverId, host, routes, backup, routeBackups } ) => (
				<div key={ serverId } className="email-gateway-quiet">
					<a href={ `post.php?post=${ serverId }&action=edit` }>{ host }</a>
					{ routeLines( routes ).map( ( line ) => (
						<div key={ line }>{ line }</div>
					) ) }
					{ backup && <div>{ backupLines[ backup ]() }</div> }
					{ routeBackupLines( routeBackups ?? [] ).map( ( line ) => (
						<div key={ line }>{ line }</div>
					) ) }
				</div>
			) ) }
			{ channels.length > 0 && (
				<div>
					{ sprintf(
						/* translators: %s: names of channels */
						__( 'Sends alerts: %s.', 'email-gateway' ),
						channels.join( ', ' )
					) }
				</div>
			) }
		</>
	);
}

function usage( servers: number, withOlderValues: number ): string {
	if ( servers === 0 ) {
		return __( 'No server uses it.', 'email-gateway' );
	}
	/* translators: %d: number of servers */
	const used = sprintf( _n( 'Used by %d server.', 'Used by %d servers.', servers, 'email-gateway' ), servers );
	const older = sprintf(
		/* translators: %d: number of servers */
		_n( '%d server has older values.', '%d servers have older values.', withOlderValues, 'email-gateway' ),
		withOlderValues
	);
	return withOlderValues === 0 ? used : `${ used } ${ older }`;
}

const backupLines: Record< BackupUse, () => string > = {
	backup: () => __( 'Its backup account.', 'email-gateway' ),
	on_backup: () => __( 'Its backup account, by which it sends at present.', 'email-gateway' ),
	first: () =>
		__( 'Its own account, which it goes back to: it sends by its backup account at present.', 'email-gateway' ),
};

const routeBackupWords: Record< BackupUse, ( users: string ) => string > = {
	backup: ( users ) =>
		/* translators: %s: Unix users */
		sprintf( __( 'Backup account of the routes of %s.', 'email-gateway' ), users ),
	on_backup: ( users ) =>
		sprintf(
			/* translators: %s: Unix users */
			__( 'Backup account of the routes of %s, by which these send at present.', 'email-gateway' ),
			users
		),
	first: ( users ) =>
		sprintf(
			/* translators: %s: Unix users */
			__(
				'The routes of %s go back to this account: they send by their backup account at present.',
				'email-gateway'
			),
			users
		),
};

const routeBackupLines = ( routes: AccountView[ 'usedBy' ][ 'listed' ][ number ][ 'routeBackups' ] ): string[] =>
	( Object.keys( routeBackupWords ) as BackupUse[] ).flatMap( ( use ) => {
		const users = routes.filter( ( { backup } ) => backup === use ).map( ( { user } ) => user );
		return users.length > 0 ? [ routeBackupWords[ use ]( users.join( ', ' ) ) ] : [];
	} );

function routeLines( routes: AccountView[ 'usedBy' ][ 'listed' ][ number ][ 'routes' ] ): string[] {
	const older = routes.filter( ( { hasOlderValues } ) => hasOlderValues );
	const names = ( of: typeof routes ) => of.map( ( { user } ) => user ).join( ', ' );
	return [
		/* translators: %s: Unix users */
		...( routes.length > 0 ? [ sprintf( __( 'Routes of %s.', 'email-gateway' ), names( routes ) ) ] : [] ),
		...( older.length > 0
			? /* translators: %s: Unix users */
			  [ sprintf( __( 'Older values in the routes of %s.', 'email-gateway' ), names( older ) ) ]
			: [] ),
	];
}
