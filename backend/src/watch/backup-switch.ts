import type { BackupRules, Cause, SwitchReason, waysBack } from '@email-gateway/shared';

type Diagnosed = Exclude< SwitchReason, 'by_hand' >;

/**
 * What a second account can help against. Not here: what is the recipient's, the content's, the sender's or this server's
 * matter, which is the same at any provider; throttling, which ends by waiting; a lost final answer, since more tries elsewhere
 * would be more messages that come twice.
 */
const helped: Partial< Record< Cause, Diagnosed > > = {
	...{ wrong_credentials: 'login', login_refused: 'login', app_password_required: 'login', oauth_only: 'login' },
	...{ password_login_ended: 'login', web_login_required: 'login', smtp_auth_disabled: 'login' },
	...{ login_forbidden_by_policy: 'login', no_mechanism_in_common: 'login' },
	...{ account_suspended: 'account', account_not_permitted: 'account' },
	...{ port_closed: 'provider', port_blocked: 'provider', cloud_blocks_mail: 'provider', name_not_found: 'provider' },
	...{ greeting_timed_out: 'provider', dropped_at_greeting: 'provider', dropped_midway: 'provider' },
	...{ tls_timed_out: 'provider', provider_in_trouble: 'provider', temporary_login_failure: 'provider' },
	...{ not_smtp: 'provider', starttls_not_offered: 'provider', tls_too_old: 'provider' },
	...{ certificate_expired: 'provider', certificate_self_signed: 'provider', certificate_wrong_name: 'provider' },
	quota_exceeded: 'limit',
};

/** The least time on a backup; each further switch within a day doubles it. */
const leastStayMs = 30 * 60_000;
const dayMs = 86_400_000;
/** A try that failed is not repeated at once, and each further one of a day makes it later. */
const leastPauseMs = 15 * 60_000;
const longestPauseMs = 6 * 3_600_000;
/** Of one backup account, at all servers of a site within the pause: more failed logins would get it locked. */
const mostFailedOfAccount = 3;
/** Mail is tried every half an hour at least: what was met longer ago may be over. */
const freshS = 35 * 60;

/** Why mail waits: the first and the newest try that met it, in seconds since the epoch. */
interface Reason {
	cause: Cause;
	since: number;
	lastAt: number;
}

/** Of a server's own account, or of that of a route. */
export interface BackupKnown {
	rules: Pick< BackupRules, 'automatic' | 'atLimit' | 'afterMinutes' >;
	/** Both accounts are at the same provider. */
	sameProvider: boolean;
	/** Null: it sends by its own account. Times in milliseconds since the epoch. */
	active: { since: number; why: SwitchReason } | null;
	/** Why mail of this account waits: at this look, and at the one before. */
	reasons: readonly Reason[];
	before: readonly Reason[];
	/** The newest mail that the first provider has taken; null: none is known. */
	acceptedAt: number | null;
	/** When the first account was last proved, with the values that are saved now. */
	proved: { at: number; by: 'sign_in' | 'test_email' } | null;
	/** Within the last day: switches by the backend, and tries that failed. */
	switchedAt: readonly number[];
	failedAt: readonly number[];
	/** Failed tries with this backup account at all servers of the site, within the last 15 minutes. */
	failedOfAccount: number;
	at: number;
}

/** `check`: a sign-in with the first account tells whether it goes back. */
export type BackupStep = { do: 'stay' } | { do: 'switch'; why: Diagnosed } | { do: 'check' } | { do: 'back' };

const stay: BackupStep = { do: 'stay' };

/** Whether a server, or a route, goes over to its backup account, stays, or goes back. Pure. */
export function stepBackup( known: BackupKnown ): BackupStep {
	if ( ! known.rules.automatic || isPaused( known ) ) {
		return stay;
	}
	if ( known.active ) {
		return backOf( known, known.active );
	}
	const why = known.failedOfAccount < mostFailedOfAccount ? troubleOf( known ) : null;
	return why ? { do: 'switch', why } : stay;
}

const isPaused = ( { failedAt, at }: BackupKnown ): boolean => {
	const pauseMs = Math.min( leastPauseMs * 2 ** Math.max( 0, failedAt.length - 1 ), longestPauseMs );
	return failedAt.some( ( one ) => at - one < pauseMs );
};

/** What two looks have seen, and no mail that was taken since contradicts. */
function troubleOf( { rules, sameProvider, reasons, before, acceptedAt, at }: BackupKnown ): Diagnosed | null {
	for ( const reason of reasons ) {
		const why = helped[ reason.cause ];
		const wasSeen = before.some( ( { cause } ) => helped[ cause ] === why );
		const isStanding = at / 1000 - reason.lastAt <= freshS && ( acceptedAt ?? 0 ) / 1000 < reason.lastAt;
		if ( ! why || ! wasSeen || ! isStanding ) {
			continue;
		}
		const sinceS = Math.max( reason.since, ( acceptedAt ?? 0 ) / 1000 );
		const isLong = reason.lastAt - sinceS >= rules.afterMinutes * 60;
		if ( why === 'provider' ? isLong && ! sameProvider : why !== 'limit' || rules.atLimit ) {
			return why;
		}
	}
	return null;
}

/** How long a server stays on its backup at least, in milliseconds. `switches`: of the last day, with this one. */
export const leastOnBackupMs = ( { why, switches }: { why: SwitchReason; switches: number } ): number =>
	why === 'limit' ? dayMs : Math.min( leastStayMs * 2 ** Math.max( 0, switches - 1 ), dayMs );

/** What brings a server back to its first account. */
export const wayBack = ( why: SwitchReason, isAutomatic: boolean ): ( typeof waysBack )[ number ] =>
	! isAutomatic || why === 'by_hand' ? 'by_hand' : why === 'account' ? 'test_email' : 'proof';

function backOf( known: BackupKnown, { since, why }: NonNullable< BackupKnown[ 'active' ] > ): BackupStep {
	const { proved, switchedAt, at } = known;
	const leastMs = leastOnBackupMs( { why, switches: switchedAt.length } );
	if ( why === 'by_hand' || at - since < leastMs ) {
		return stay;
	}
	// at a limit an old proof says nothing: the account signed in all along
	const from = why === 'limit' ? since + dayMs : since;
	const isProved = proved !== null && proved.at > from;
	// whoever is suspended may still sign in
	if ( wayBack( why, true ) === 'test_email' ) {
		return isProved && proved.by === 'test_email' ? { do: 'back' } : stay;
	}
	return isProved ? { do: 'back' } : { do: 'check' };
}
