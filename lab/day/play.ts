import { setTimeout as pause } from 'node:timers/promises';
import type { Evening } from './compare.ts';
import { byDay, fates, inTheEvening } from './fates.ts';
import { mailsOf, type Mail } from './mails.ts';
import { readMailLog } from './read-log.ts';
import { sendFrom } from './send.ts';
import type { DayWorld } from './world.ts';

/** For how long the provider listens nowhere, and the backend is away. */
const providerAwayMs = 60_000;
const backendAwayMs = 600_000;
const longestEveningMs = 480_000;

/** Plays the day: 3,000 mails, and all that goes wrong. Returns what is known in the evening. */
export async function playDay( world: DayWorld ): Promise< Evening > {
	const { backend, provider, servers, sites, log, signal } = world;
	const [ first ] = servers;
	const sent: Mail[] = [];
	const taken: string[] = [];
	const domains = sites.map( ( { site } ) => site.domain );
	const wait = ( ms: number ) => pause( ms, undefined, { signal } );
	/** All sites beside each other. */
	const send = async ( part: string, count: number, options: { by?: 'hand' | 'cron'; way?: 'sendmail' } = {} ) => {
		const { by = 'hand', way } = options;
		const mails = mailsOf( part, { sites: domains, count, only: way ? { way } : {} } );
		log( `${ part }: ${ count } mails` );
		sent.push( ...mails );
		const all = sites.map( async ( { site, on } ) => {
			const own = mails.filter( ( mail ) => mail.site === site.domain );
			taken.push( ...( await sendFrom( { site, server: on.server }, own, { list: part, by, signal } ) ) );
		} );
		await Promise.all( all );
	};
	const rotate = () => Promise.all( servers.map( ( one ) => one.rotate() ) );

	await provider.fail( byDay );
	const morning = send( 'morning', 700 );
	await wait( 5000 );
	await rotate();
	await morning;
	await send( 'cron', 150, { by: 'cron' } );

	log( 'The provider is down' );
	await provider.fail( { ...byDay, down: true } );
	const noon = Date.now();
	await send( 'down', 300 );
	await wait( Math.max( 0, providerAwayMs - ( Date.now() - noon ) ) );
	await provider.fail( byDay );

	const killed = send( 'killed', 200 );
	await wait( 3000 );
	log( 'The backend is killed, and starts again' );
	await backend.kill();
	await backend.start();
	await killed;

	// what these have queued is not all tried when the server goes down
	await send( 'reboot', 150 );
	log( 'A server reboots' );
	await first?.reboot();

	log( 'The backend is killed, and away for ten minutes' );
	await backend.kill();
	const afternoon = Date.now();
	await send( 'away-a', 400 );
	await rotate();
	await send( 'away-b', 400 );
	await rotate();
	await send( 'away-c', 200 );
	await wait( Math.max( 0, backendAwayMs - ( Date.now() - afternoon ) ) );
	await backend.start();

	await send( 'evening', 500 );
	return untilEvening( world, { sent, taken } );
}

/** The limit is lifted: what waits is delivered as a person does, what is to be held is held, and the log tells the end of it. */
async function untilEvening(
	{ backend, provider, servers, sites, log, signal }: DayWorld,
	{ sent, taken }: { sent: Mail[]; taken: string[] }
): Promise< Evening > {
	const users = Object.fromEntries( sites.map( ( { site } ) => [ site.domain, site.unixUser ] ) );
	const accounts = Object.fromEntries( sites.map( ( { site, account } ) => [ site.domain, account ] ) );
	const ids = servers.map( ( { serverId } ) => serverId );
	const hold = `postqueue -j | grep '@${ fates.held.domain }"' | sed 's/.*"queue_id": "\\([^"]*\\)".*/\\1/' | postsuper -h - 2>/dev/null`;
	await provider.fail( inTheEvening );
	for ( const giveUpAt = Date.now() + longestEveningMs; ;  ) {
		await Promise.all( servers.map( ( one ) => one.deliver() ) );
		await Promise.all( servers.map( ( { shell } ) => shell( hold ) ) );
		await pause( 45_000, undefined, { signal } );
		const unanswered = ( await Promise.all( servers.map( ( one ) => one.unanswered() ) ) ).flat();
		const evening = {
			sent,
			taken,
			...{ users, accounts },
			unanswered,
			...( await readMailLog( backend.site, ids ) ),
			inbox: await provider.messages(),
		};
		const open = evening.entries.filter( ( { outcome } ) => outcome === 'queued' || outcome === 'waiting' ).length;
		log( `The log tells of ${ evening.entries.length } recipients, ${ open } still in the queue` );
		if ( ( open === 0 && evening.entries.length >= sent.length ) || Date.now() > giveUpAt ) {
			return evening;
		}
	}
}
