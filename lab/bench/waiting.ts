import { setTimeout as sleep } from 'node:timers/promises';
import { desireFor, freshFacts } from '../../backend/src/gateway/test-facts.ts';
import { paceOf, triesAnHour } from '../../backend/src/gateway/test-pace.ts';
import { shellOn } from '../servers/ssh.ts';
import { mostWithin, type BenchContext, type Measured } from './figures.ts';
import { addAccount } from './fleet-steps.ts';
import { succeeded } from './jobs.ts';
import { startMachines, type Machines } from './machines.ts';
import { arrivals, emptyInbox, send } from './mails.ts';
import { startGateway, type Relay } from './relays.ts';

/** What an account that is closed, or over its limit, answers to each message. */
const refusals = {
	'refused for good': '550-5.4.5 Daily user sending limit exceeded.\n550 5.4.5 Try tomorrow',
	'put off': '454 4.7.0 Throttling failure: Daily message quota exceeded',
} as const;

const minuteMs = 60_000;
const watchedMinutes = 12;
const held = '/var/spool/postfix/hold';

interface Side extends Relay {
	serverId: number;
	user: string;
}

/**
 * A thousand mails wait for an account: how often is the provider bothered? Counted there for twelve minutes, beside the
 * bound that follows from what is written on a server. Then the account is mended: does everything arrive, once?
 */
export async function waiting( context: BenchContext ): Promise< Measured > {
	const { log, signal, count } = context;
	const machines = await startMachines( context );
	const { inboxUrl } = machines.provider;
	const [ many, minutes ] = [ count( 1000 ), Math.max( 3, count( watchedMinutes ) ) ];
	const sides = await startSides( machines, context );
	await emptyInbox( inboxUrl );
	await machines.setFaults( {
		atAccount: Object.fromEntries( sides.map( ( { user, name } ) => [ user, { message: replyOf( name ) } ] ) ),
	} );
	await fetch( `${ inboxUrl }/counts`, { method: 'DELETE' } );
	log( `${ many } mails a server …` );
	const dueMs = await Promise.all(
		sides.map( async ( side ) => {
			await send( side, { label: side.name, each: many }, signal );
			return letNextTriesBeDue( side, { expected: many, signal } );
		} )
	);
	log( `All have been refused once. Counting for ${ minutes } minutes …` );
	await sleep( minutes * minuteMs, undefined, { signal } );
	const tries = await Promise.all( sides.map( ( { user } ) => machines.triesOf( user ) ) );
	log( 'Mended. Waiting for the arrivals …' );
	await machines.setFaults( {} );
	const mendedMs = Date.now();
	const found: Measured[ 'sides' ] = {};
	await Promise.all(
		sides.map( async ( side, at ) => {
			const again = ( tries[ at ]?.mailsMs ?? [] ).filter( ( when ) => when > ( dueMs[ at ] ?? 0 ) );
			if ( again.length === 0 ) {
				throw new Error( `${ side.name }: nothing was tried again.` );
			}
			await deliver( side, machines );
			const wanted = { label: side.name, expected: many, patienceS: 120, signal };
			const { mails, twice, lastMs } = await arrivals( inboxUrl, wanted );
			found[ side.name ] = {
				...{ waiting: many, minutes, triedAgain: again.length, perHour: ( again.length / minutes ) * 60 },
				...{ mostIn10Minutes: mostWithin( again, 10 * minuteMs ), delivered: mails, twice },
				...{ lastArrivalS: ( lastMs - mendedMs ) / 1000, errors: many - mails + twice },
			};
		} )
	);
	const of = ( figure: string ) => Math.max( ...Object.values( found ).map( ( side ) => side[ figure ] ?? NaN ) );
	const most = triesAnHour( paceOf( desireFor( freshFacts ) ) );
	return {
		sides: found,
		ratios: {
			'most tries an hour, by what is written on a server': { value: most, goal: { atMost: 60 } },
			// one more than the hour's part: where the count begins is no round moment
			'most tries in ten minutes, counted': { value: of( 'mostIn10Minutes' ), goal: { atMost: 11 } },
			'lost or delivered twice': { value: of( 'errors' ), goal: { atMost: 0 } },
		},
	};
}

const replyOf = ( name: string ) => refusals[ name as keyof typeof refusals ];

async function startSides( machines: Machines, { log, signal }: BenchContext ): Promise< Side[] > {
	const sides: Side[] = [];
	for ( const [ at, name ] of Object.keys( refusals ).entries() ) {
		log( `Setting up a server: ${ name } …` );
		const serverId = at + 1;
		const server = `gateway-${ serverId }`;
		const user = `${ server }@example.test`;
		const account = await addAccount( machines.provider, { user, password: `password of ${ server }` } );
		sides.push( {
			...( await startGateway( machines, { name: server, serverId, account, signal } ) ),
			...{ name, serverId, user },
		} );
	}
	return sides;
}

/**
 * Waits until all have been refused once and are paced, then makes the next try of every one due: without it nothing
 * would be tried for eleven minutes. From here on the clock is the real one.
 *
 * @return when that was, ms since the epoch
 */
async function letNextTriesBeDue(
	{ server, name }: Relay,
	{ expected, signal }: { expected: number; signal: AbortSignal }
): Promise< number > {
	const giveUpAt = Date.now() + 900_000;
	for ( let count = 0; count < expected;  ) {
		await sleep( 2000, undefined, { signal } );
		count = Number( await shellOn( server, `find ${ held } -type f | wc -l`, { signal } ) );
		if ( Date.now() > giveUpAt ) {
			throw new Error( `${ name }: of ${ expected } refused mails ${ count } are paced.` );
		}
	}
	await shellOn( server, `find ${ held } -type f -exec touch -d '1 minute ago' {} +`, { signal } );
	return Date.now();
}

async function deliver( { serverId }: Side, { ask }: Machines ): Promise< void > {
	const { jobId } = await ask( 'deliverWaitingMail', { older: 'ask' }, { serverId } );
	await succeeded( ask, { serverId, jobId }, { everyMs: 500 } );
}
