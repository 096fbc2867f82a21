import { __, _n, sprintf } from '@wordpress/i18n';
import type {
	EventDetail,
	AuditAction,
	AuditEntry,
	HeldChoice,
	QueueAction,
	RequestOf,
	SandboxKind,
	Verb,
} from '@email-gateway/shared';
import { askedForCap } from './caps.ts';
import { askedForDoors } from './doors.ts';
import { notedWords } from './queue.ts';

const asked: Record< Verb, ( detail: AuditEntry[ 'detail' ] ) => string > = {
	check_connection: () => __( 'Asked to check the connection', 'email-gateway' ),
	preview_changes: () => __( 'Asked to preview the changes', 'email-gateway' ),
	find_settings: () => __( 'Asked to find the settings of a mail domain', 'email-gateway' ),
	check_settings: () => __( 'Asked to check the settings', 'email-gateway' ),
	install_gateway: ( { backup } ) =>
		backup === 'switch'
			? __( 'Asked to switch to the backup account', 'email-gateway' )
			: backup === 'back'
			? __( 'Asked to switch back to the first account', 'email-gateway' )
			: __( 'Started an install', 'email-gateway' ),
	send_test_email: ( { user } ) =>
		user === undefined
			? __( 'Asked to send a test email', 'email-gateway' )
			: /* translators: %s: a Unix user */
			  sprintf( __( 'Asked to send a test email as %s', 'email-gateway' ), String( user ) ),
	deliver_waiting_mail: () => __( 'Asked to deliver waiting mail', 'email-gateway' ),
	deliver_former_mail: () => __( 'Asked to deliver the mail of the former mail system', 'email-gateway' ),
	read_queue: () => __( 'Asked to read the queue', 'email-gateway' ),
	change_queue: () => __( 'Asked to change the queue', 'email-gateway' ),
	pause_site: ( { user, how } ) =>
		sprintf(
			how === 'refuse'
				? /* translators: %s: a Unix user */
				  __( 'Asked to pause sending of %s and to refuse its mail', 'email-gateway' )
				: /* translators: %s: a Unix user */
				  __( 'Asked to pause sending of %s and to hold its mail', 'email-gateway' ),
			String( user )
		),
	resume_site: ( { user, held } ) => resumed[ held as HeldChoice ]?.( String( user ) ) ?? '',
	preview_sandbox: () => __( 'Asked to preview the sandbox', 'email-gateway' ),
	check_route: ( { user } ) =>
		sprintf(
			/* translators: %s: a Unix user */
			__( 'Asked to check a route for %s', 'email-gateway' ),
			String( user )
		),
	set_route: askedForRoute,
	update_routes: () => __( 'Asked to give routes the present values of their account', 'email-gateway' ),
	remove_route: ( { user } ) =>
		sprintf(
			/* translators: %s: a Unix user */
			__( 'Asked to remove the route of %s', 'email-gateway' ),
			String( user )
		),
	route_others: ( { without } ) =>
		without === 'hold'
			? __( 'Asked to hold mail of users without a route', 'email-gateway' )
			: __( 'Asked to let mail of users without a route leave by the account of the gateway', 'email-gateway' ),
	turn_on_sandbox: ( { sandbox, mailbox } ) => sandboxed[ sandbox as SandboxKind ]?.( String( mailbox ) ) ?? '',
	turn_off_sandbox: ( { held } ) => unsandboxed[ held as HeldChoice ]?.() ?? '',
	cap_site: askedForCap,
	preview_doors: () => __( 'Asked to preview the side doors', 'email-gateway' ),
	change_doors: askedForDoors,
	remove_gateway: () => __( 'Asked to remove the gateway', 'email-gateway' ),
};

/** A saved account is not named here. */
function askedForRoute( { user, smtpServer, senders, backup }: EventDetail ): string {
	if ( backup !== undefined ) {
		return sprintf(
			backup === 'switch'
				? /* translators: %s: a Unix user */
				  __( 'Asked to switch the route of %s to its backup account', 'email-gateway' )
				: /* translators: %s: a Unix user */
				  __( 'Asked to switch the route of %s back to its first account', 'email-gateway' ),
			String( user )
		);
	}
	const list = Array.isArray( senders ) ? senders.join( ', ' ) : '';
	return smtpServer === undefined
		? sprintf(
				/* translators: 1: a Unix user, 2: domains and addresses */
				__( 'Asked to let mail of %1$s leave by a saved account, as %2$s', 'email-gateway' ),
				String( user ),
				list
		  )
		: sprintf(
				/* translators: 1: a Unix user, 2: host name of a provider, 3: domains and addresses */
				__( 'Asked to let mail of %1$s leave by %2$s, as %3$s', 'email-gateway' ),
				...[ String( user ), String( smtpServer ), list ]
		  );
}

const sandboxed: Record< SandboxKind, ( mailbox: string ) => string > = {
	redirect: ( mailbox ) =>
		/* translators: %s: a mail address */
		sprintf( __( 'Asked to turn on the sandbox: %s gets all mail', 'email-gateway' ), mailbox ),
	hold: () => __( 'Asked to turn on the sandbox and to hold all mail', 'email-gateway' ),
	drop: () => __( 'Asked to turn on the sandbox and to throw all mail away', 'email-gateway' ),
};

const unsandboxed: Record< HeldChoice, () => string > = {
	release: () => __( 'Asked to turn off the sandbox and to release held mail', 'email-gateway' ),
	delete: () => __( 'Asked to turn off the sandbox and to delete held mail', 'email-gateway' ),
	keep: () => __( 'Asked to turn off the sandbox and to keep held mail on hold', 'email-gateway' ),
};

const resumed: Record< HeldChoice, ( user: string ) => string > = {
	release: ( user ) =>
		/* translators: %s: a Unix user */
		sprintf( __( 'Asked to resume sending of %s and to release its held mail', 'email-gateway' ), user ),
	delete: ( user ) =>
		/* translators: %s: a Unix user */
		sprintf( __( 'Asked to resume sending of %s and to delete its held mail', 'email-gateway' ), user ),
	keep: ( user ) =>
		/* translators: %s: a Unix user */
		sprintf( __( 'Asked to resume sending of %s and to keep its held mail on hold', 'email-gateway' ), user ),
};

type Consent = NonNullable< RequestOf< 'installGateway' >[ 'consents' ] >[ number ];

const agreed: Record< Consent, () => string > = {
	adopt_from_another_site: () => __( 'Agreed to take over the gateway of another site', 'email-gateway' ),
	replace_foreign_postfix: () => __( 'Agreed to replace a Postfix that someone else had set up', 'email-gateway' ),
	install_anyway: () => __( 'Agreed to install although the settings check failed', 'email-gateway' ),
};

const done: Record< AuditAction, ( detail: AuditEntry[ 'detail' ] ) => string > = {
	site_paired: () => __( 'Paired the site', 'email-gateway' ),
	site_moved: () => __( 'Confirmed that the site has moved', 'email-gateway' ),
	pairing_ended: () => __( 'Ended the pairing', 'email-gateway' ),
	connection_saved: ( { host, sshPort, sshUser } ) =>
		sprintf(
			/* translators: 1: user, 2: host, 3: port */
			__( 'Saved the connection: %1$s at %2$s, port %3$s', 'email-gateway' ),
			String( sshUser ),
			String( host ),
			String( sshPort )
		),
	connection_lent: () => __( 'Began to lend the connection, so that the gateway is watched', 'email-gateway' ),
	servers_named: ( { count } ) =>
		sprintf(
			/* translators: %d: how many servers */
			_n(
				'Reported the name and owner of %d server',
				'Reported the names and owners of %d servers',
				Number( count ),
				'email-gateway'
			),
			Number( count )
		),
	server_key_made: () => __( 'Made an SSH key for the server', 'email-gateway' ),
	host_key_trusted: ( { fingerprint } ) =>
		/* translators: %s: fingerprint */
		sprintf( __( 'Trusted the host key %s', 'email-gateway' ), String( fingerprint ) ),
	account_saved: ( { name } ) =>
		/* translators: %s: name of an account */
		sprintf( __( 'Saved the account %s', 'email-gateway' ), String( name ) ),
	account_deleted: ( { name } ) =>
		/* translators: %s: name of an account */
		sprintf( __( 'Deleted the account %s', 'email-gateway' ), String( name ) ),
	account_used: () => __( 'Used a saved account', 'email-gateway' ),
	account_servers_updated: ( { name, count } ) =>
		sprintf(
			/* translators: 1: how many servers, 2: name of an account */
			_n(
				'Asked to update %1$d server to the account %2$s',
				'Asked to update %1$d servers to the account %2$s',
				Number( count ),
				'email-gateway'
			),
			Number( count ),
			String( name )
		),
	backup_chosen: ( { name, user } ) =>
		user === undefined
			? /* translators: %s: name of an account */
			  sprintf( __( 'Chose the backup account %s', 'email-gateway' ), String( name ) )
			: sprintf(
					/* translators: 1: name of an account, 2: a Unix user */
					__( 'Chose the backup account %1$s for the route of %2$s', 'email-gateway' ),
					String( name ),
					String( user )
			  ),
	backup_ended: ( { user } ) =>
		user === undefined
			? __( 'Chose to use no backup account', 'email-gateway' )
			: /* translators: %s: a Unix user */
			  sprintf( __( 'Chose to use no backup account for the route of %s', 'email-gateway' ), String( user ) ),
	defaults_saved: () => __( 'Saved the defaults', 'email-gateway' ),
	defaults_deleted: () => __( 'Deleted the default credentials', 'email-gateway' ),
	defaults_used: () => __( 'Used the default credentials', 'email-gateway' ),
	defaults_sought: () => __( 'Asked to find the settings of a mail domain', 'email-gateway' ),
	included_gateway_offered: () => __( 'Changed what customers are offered', 'email-gateway' ),
	credentials_deleted: () => __( 'Deleted the saved credentials', 'email-gateway' ),
	alerts_saved: ( { owner } ) =>
		owner === undefined
			? __( 'Changed the alerts', 'email-gateway' )
			: __( 'Changed the alerts of an owner', 'email-gateway' ),
	alert_channel_deleted: () => __( 'Deleted a channel for alerts', 'email-gateway' ),
	incident_acknowledged: () => __( 'Acknowledged an alert', 'email-gateway' ),
	incident_muted: ( { hours } ) =>
		hours === 0 ? __( 'Ended the mute of an alert', 'email-gateway' ) : __( 'Muted an alert', 'email-gateway' ),
	alert_tested: () => __( 'Asked for a test alert', 'email-gateway' ),
	own_alert_tested: () => __( 'Asked for a test alert to a channel of their own', 'email-gateway' ),
	server_forgotten: () => __( 'Forgot the server', 'email-gateway' ),
	record_refused: ( { host } ) =>
		sprintf(
			/* translators: %s: host */
			__(
				'Refused a connection to %s that something other than the backend had written into its database',
				'email-gateway'
			),
			String( host )
		),
	audit_broken: () =>
		__( 'Found that something other than the backend had changed this record in its database', 'email-gateway' ),
	key_expiry_set: () => __( 'Set when the key of the site expires', 'email-gateway' ),
	key_expired: () => __( 'The key of the site has expired', 'email-gateway' ),
	key_rotated: () => __( 'Replaced the key of the site with a new one', 'email-gateway' ),
	server_handed_over: () => __( 'The server got another owner', 'email-gateway' ),
	job_asked: ( detail ) => asked[ detail.verb as Verb ]?.( detail ) ?? String( detail.verb ),
	cancel_asked: () => __( 'Asked to cancel', 'email-gateway' ),
	mail_settings_saved: () => __( 'Changed how the mail log keeps addresses', 'email-gateway' ),
	mail_days_saved: ( { days } ) =>
		sprintf(
			/* translators: %d: number of days */
			_n(
				'Changed how long the mail log keeps messages: %d day',
				'Changed how long the mail log keeps messages: %d days',
				Number( days ),
				'email-gateway'
			),
			Number( days )
		),
	address_erased: () => __( 'Erased an address from the mail logs', 'email-gateway' ),
	queue_changed: ( { queueAction, messages } ) =>
		notedWords( String( queueAction ) as QueueAction, Number( messages ) ),
};

/** What somebody did, asked for or began; whether it succeeded is told by the job. */
export function auditWords( { action, detail }: Pick< AuditEntry, 'action' | 'detail' > ): string {
	const given = Array.isArray( detail.consents ) ? ( detail.consents as Consent[] ) : [];
	return [ done[ action ]( detail ), ...given.map( ( consent ) => agreed[ consent ]?.() ?? String( consent ) ) ].join(
		' · '
	);
}
