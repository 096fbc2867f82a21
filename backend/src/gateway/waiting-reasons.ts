import type { WaitingReason, WayOfRoute } from '@email-gateway/shared';
import { diagnose } from './diagnosis.ts';
import type { Facts } from './facts.ts';
import { codesOf } from './reading/normalise.ts';

type Deferral = Facts[ 'deferrals' ][ number ];

/** So often an answer has been heard again before it counts as standing: a few could be one moment's. */
const standingLooks = 6;
/**
 * What passes does so sooner: greylisting within an hour, a limit by the hour within two, most outages within four. Mail
 * is tried every half an hour at least, so this is a dozen tries.
 */
const standingS = 6 * 3_600;
/** Limits by the day are lifted after a day. */
const standingAtLimitS = 26 * 3_600;

/**
 * Why mail waits, read from what its newest tries have met, most messages first. `before`: what the look before found;
 * an answer that is still the same goes on from there. `ways`: the routes by their numbers. One that should pass and has stood for many tries and hours does
 * not pass by waiting.
 */
export function waitingReasons(
	{ stuck, deferrals }: Pick< Facts, 'stuck' | 'deferrals' >,
	before: readonly WaitingReason[],
	ways: ReadonlyMap< number, WayOfRoute > = new Map()
): WaitingReason[] {
	const found: WaitingReason[] = [];
	for ( const one of stuck > 0 ? deferrals.map( ( one ) => read( one, ways ) ) : [] ) {
		const same = found.find( ( other ) => areSame( one, other ) );
		if ( same ) {
			same.count += one.count;
			same.lastAt = Math.max( same.lastAt, one.lastAt );
			same.since = same.lastAt;
		} else {
			found.push( one );
		}
	}
	return found
		.map( ( one ) =>
			goOn(
				one,
				before.find( ( other ) => areSame( one, other ) )
			)
		)
		.toSorted( ( a, b ) => b.count - a.count );
}

function read( { count, at, route, reason }: Deferral, ways: ReadonlyMap< number, WayOfRoute > ): WaitingReason {
	const attempt = { status: 'deferred', dsn: null, relay: null, reason, service: 'smtp' };
	const { cause, whose = null, passes = null, reply } = diagnose( attempt, [] );
	return {
		...{ cause, whose, passes, stands: false, reply: reply.slice( 0, 300 ).toWellFormed() },
		...{ route: ways.get( route ) ?? null, count, since: at, lastAt: at, looks: 1 },
	};
}

/** Words differ by ids and times, so what they mean counts; where nobody knows that, the code. */
const areSame = ( one: WaitingReason, other: WaitingReason ): boolean =>
	one.cause === other.cause &&
	one.whose === other.whose &&
	one.route?.uid === other.route?.uid &&
	( one.cause !== 'unknown' || codesOf( one.reply ).code === codesOf( other.reply ).code );

function goOn( now: WaitingReason, before: WaitingReason | undefined ): WaitingReason {
	// a clock that was set back says nothing
	if ( before === undefined || now.lastAt < before.lastAt ) {
		return now;
	}
	const looks = before.looks + ( now.lastAt > before.lastAt ? 1 : 0 );
	const stoodS = now.lastAt - before.since;
	const enoughS = now.cause === 'quota_exceeded' ? standingAtLimitS : standingS;
	const stands = now.passes === true && looks >= standingLooks && stoodS >= enoughS;
	return { ...now, since: before.since, looks, stands, passes: stands ? false : now.passes };
}
