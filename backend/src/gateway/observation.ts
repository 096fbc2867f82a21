import type { Observation, PlannedStep, WayOfRoute, Whose } from '@email-gateway/shared';
import { exposedFiles } from './exposed.ts';
import type { Facts } from './facts.ts';
import { isLoopback, socketName } from './listening.ts';
import { clockOf } from './clock.ts';
import { roomOf } from './room.ts';
import { waitingReasons } from './waiting-reasons.ts';

/** What is taken from the look before, for what is only known over time. */
export type Before = Pick< Observation, 'reasons' | 'room' | 'clock' >;
export const nothingBefore: Before = { reasons: [], room: [], clock: null };

/** What a look at a server says of its mail. `plan` is what is missing there for what was installed; null: not compared. `ways`: its routes, by number. */
export function observe(
	facts: Facts,
	plan: readonly PlannedStep[] | null,
	before: Before = nothingBefore,
	ways: ReadonlyMap< number, WayOfRoute > = new Map()
): Observation {
	const exposed = plan === null ? [] : exposedFiles( facts );
	const { postfix, listens, queue, stuck, kept, oldestS, oldQueue, others, phpAround } = facts;
	return {
		running: postfix.running,
		enabled: postfix.enabled,
		waiting: queue,
		stuck,
		...{ kept, oldestS },
		reasons: waitingReasons( facts, before.reasons, ways ),
		oldWaiting: oldQueue,
		open: listens.filter( ( socket ) => ! isLoopback( socket ) ).map( socketName ),
		differs: plan && plan.filter( ( step ) => ! isOfPostfix( step ) ).map( ( { subject } ) => subject ),
		others,
		...( exposed.length > 0 ? { exposed } : {} ),
		room: roomOf( facts, before.room ),
		clock: clockOf( facts.clockAheadS, before.clock ),
		phpAround,
	};
}

/** What only lets Postfix run with the rest is told as `running`, `enabled` and `open`; our own services are told by name. */
const isOfPostfix = ( { kind, subject }: PlannedStep ): boolean =>
	kind === 'reload' ||
	kind === 'restart' ||
	( kind === 'enable_service' && ! subject.startsWith( 'email-gateway-' ) );

/**
 * What is to be said of a gateway that was installed, by what was seen: `stopped` nothing is delivered, or nothing will
 * be after the next start · `differs` somebody changed it, or another version installed it.
 */
export function conditionOf( { running: runs, enabled, open, differs }: Observation ): 'stopped' | 'differs' | 'right' {
	if ( ! runs ) {
		return 'stopped';
	}
	return ! enabled || open.length > 0 || ( differs ?? [] ).length > 0 ? 'differs' : 'right';
}

/** Whose matter does not end by waiting: the provider has said no, and who can fix it is told at once. */
const refusing: readonly Whose[] = [ 'login', 'account', 'sender' ];

/** What most of the mail that waits has met: `refused` by a provider who goes on saying so · `waiting` anything else. */
export function conditionOfWaiting( {
	reasons = [],
}: Partial< Pick< Observation, 'reasons' > > ): 'waiting' | 'refused' {
	const [ first ] = reasons;
	return first?.passes === false && refusing.some( ( one ) => one === first.whose ) ? 'refused' : 'waiting';
}
