import { setTimeout as pause } from 'node:timers/promises';
import type { IncidentFault } from './fault.ts';
import { goalsMs, type Played } from './outcome.ts';
import { isHealthy } from './states.ts';
import { aboutServer } from './told.ts';
import type { IncidentWorld, Member } from './world.ts';

/** Beyond the goal, so that what is late is told as late and not as missing. */
const patienceMs = 90_000;
const recoveryMs = 400_000;
/** What would be told twice comes by then. */
const settleMs = 25_000;

/** Makes a fault on a server, waits until it is told, heals it, and waits until its end is told. */
export async function playFault(
	world: IncidentWorld,
	{ server, serverId, place }: Member,
	{ fault, eachMinute }: { fault: IncidentFault; eachMinute: boolean }
): Promise< Played > {
	const { log, states, signal } = world;
	const until = async ( check: () => Promise< boolean > | boolean, timeoutMs: number ) => {
		for ( const giveUpAt = Date.now() + timeoutMs; ! ( await check() ) && Date.now() < giveUpAt;  ) {
			await pause( 2000, undefined, { signal } );
		}
	};
	await until( () => isHealthy( states.now( serverId ) ), 150_000 );
	let begunAtMs = Date.now();
	const told = async () => aboutServer( await world.told(), serverId, begunAtMs );
	const hasCome = async ( kind: string ) => ( await told() ).some( ( one ) => one.kind === kind );
	let failed: string | null = null;
	const doing = async ( what: string, work: Promise< void > ) => {
		await work.catch( ( error: unknown ) => {
			failed ??= `${ what }: ${ ( error as Error ).message.slice( 0, 300 ) }`;
		} );
		signal.throwIfAborted();
	};
	await doing( 'it could not be made', fault.begin( place ) );
	let visibleAtMs = begunAtMs;
	if ( fault.needsMail ) {
		begunAtMs = Date.now();
		const waiting = place.untilMailWaits().then( ( { atMs, arrivedAtMs } ) => {
			visibleAtMs = fault.visibleAfterMs === undefined ? atMs : arrivedAtMs + fault.visibleAfterMs;
		} );
		await doing( 'it did not show', waiting );
	}
	const goalMs = eachMinute ? goalsMs.eachMinute : goalsMs.elsewhere;
	if ( failed === null ) {
		await until( () => hasCome( 'opened' ), visibleAtMs + goalMs + patienceMs - Date.now() );
	}
	await doing( 'it could not be healed', fault.heal( place ) );
	const healedAtMs = Date.now();
	if ( await hasCome( 'opened' ) ) {
		await until( () => hasCome( 'over' ), recoveryMs );
	}
	await pause( settleMs, undefined, { signal } );
	const seen = states.firstWrong( serverId, begunAtMs );
	const played: Played = {
		...{ name: fault.name, what: fault.what, kind: server.kind, expected: fault.expected, eachMinute, failed },
		...{ visibleAtMs, healedAtMs, told: await told() },
		...{ seenAtMs: seen?.atMs ?? null, seenAs: seen?.state ?? null },
	};
	const first = played.told[ 0 ];
	log( `${ fault.name } on ${ server.name }: ${ failed ?? ( first ? `told as ${ first.trouble }` : 'not told' ) }` );
	return played;
}
