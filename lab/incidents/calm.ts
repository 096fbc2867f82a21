import { setTimeout as pause } from 'node:timers/promises';
import type { Calm } from './table.ts';
import { aboutServer } from './told.ts';
import type { IncidentWorld, Member } from './world.ts';

const burst = 500;
const burstEveryMs = 300_000;

/** Nothing is wrong on these servers: a mail each minute, and a newsletter of 500 every five; nobody must be told. */
export async function keepCalm(
	world: IncidentWorld,
	members: readonly Member[],
	{ minutes }: { minutes: number }
): Promise< Calm > {
	const startedAt = Date.now();
	const mail = `printf 'From: site@example.com\\nSubject: newsletter\\n\\nx\\n' | runuser -u www-data -- /usr/sbin/sendmail -f site@example.com you@example.org`;
	let mails = 0;
	for ( let turn = 1; Date.now() < startedAt + minutes * 60_000; turn++ ) {
		await Promise.all(
			members.map( ( { place } ) => place.shell( `for i in $(seq ${ burst }); do ${ mail }; done` ) )
		);
		mails += burst * members.length;
		const next = Math.min( startedAt + turn * burstEveryMs, startedAt + minutes * 60_000 );
		await pause( Math.max( 1000, next - Date.now() ), undefined, { signal: world.signal } );
	}
	// what was seen last is told by then
	await pause( 100_000, undefined, { signal: world.signal } );
	const told = await world.told();
	return {
		minutes: Math.round( ( Date.now() - startedAt ) / 60_000 ),
		mails,
		told: members.flatMap( ( { serverId } ) => aboutServer( told, serverId, startedAt ) ),
	};
}
