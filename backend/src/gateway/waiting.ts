import type { Facts } from './facts.ts';
import type { Parameter } from './main-cf.ts';

/** A type of map that Postfix can write to; `texthash:` and `regexp:` cannot be. */
export type WritableMap = 'btree';

const day = 86_400;

/** How long mail waits for its delivery. What still waits for a person a day before is put on hold (waiting-mail.sh). */
export const queueLifetimeS = 8 * day;

/**
 * The time for which a refused login keeps Postfix from trying again. Longer than ten minutes, in which no more logins
 * may fail than connections are allowed: the first burst may already use them up.
 */
export const loginPauseS = 660;

/** When mail is tried again. Postfix has one pair of times for all reasons; waiting-mail.sh shortens those of outages. */
export const queueTimes: readonly Parameter[] = [
	{
		name: 'maximal_queue_lifetime',
		value: `${ queueLifetimeS / day }d`,
		why: 'a week in which an account is closed loses nothing; what waits for a person is put on hold before this ends',
	},
	{ name: 'bounce_queue_lifetime', value: '1d', why: 'notices are not worth more tries' },
	{ name: 'queue_run_delay', value: '30s', why: 'waiting mail is looked at twice a minute' },
	{
		name: 'minimal_backoff_time',
		value: `${ loginPauseS }s`,
		why: 'a refused login is tried again after more than ten minutes, however much mail waits or arrives: accounts get locked otherwise; email-gateway-waiting tries sooner what an outage has stopped',
	},
	{ name: 'maximal_backoff_time', value: '30m', why: 'mail that waits is tried every half an hour at least' },
	{
		name: 'initial_destination_concurrency',
		value: '1',
		why: 'the first login is alone: where it is refused, there is no second one beside it',
	},
];

/** Systems whose Postfix is known to carry Berkeley DB. Elsewhere a missing type of map would stop all mail. */
const withBerkeleyDb = [ 'debian 11', 'debian 12', 'debian 13', 'ubuntu 22.04', 'ubuntu 24.04' ];

/**
 * Told by the system and not by `postconf -m`, so that it is the same before and after Postfix is installed. Without a
 * cache the pause above holds alone.
 */
export const writableMapOf = ( {
	id,
	versionId,
}: Pick< Facts[ 'system' ], 'id' | 'versionId' > ): WritableMap | null =>
	withBerkeleyDb.includes( `${ id } ${ versionId }` ) ? 'btree' : null;

export const loginCacheFile = '/var/lib/postfix/email_gateway_logins';

/** Refused passwords are remembered, so that nobody's impatience (`postqueue -f`) locks the account. */
export function loginCache( map: WritableMap | null ): Parameter[] {
	return map === null
		? []
		: [
				{
					name: 'smtp_sasl_auth_cache_name',
					value: `proxy:${ map }:${ loginCacheFile }`,
					why: 'a password that was refused (535) is not tried again for a while; another password is tried at once',
				},
				{ name: 'smtp_sasl_auth_cache_time', value: '10m', why: 'and this is the while' },
		  ];
}
