import { setTimeout as sleep } from 'node:timers/promises';
import { shellOn } from '../servers/ssh.ts';
import type { BenchContext, Figures, Measured } from './figures.ts';
import { addAccount } from './fleet-steps.ts';
import { succeeded } from './jobs.ts';
import { startMachines, type Account, type Machines } from './machines.ts';
import { arrivals, emptyInbox, send } from './mails.ts';
import { startGateway, startOther, type Relay } from './relays.ts';

/** Ours and a plain Postfix with the same account of the provider. */
interface Pair {
	relays: readonly Relay[];
	/** Of ours, at the backend. */
	serverId: number;
	account: Account;
}

/** How it is mended: somebody asks for the waiting mail, nobody does, or the new password is typed in. */
type Mend = 'asked' | 'nobody asks' | 'new password';

/** Longer than a Postfix waits at most before it tries again what is as young. */
const patienceS = 900;
const lateGreetingS = 20;

/** Mail has waited behind a login that was refused, and the login is right again: when has all of it arrived? */
export async function healing( context: BenchContext ): Promise< Measured > {
	const { log, count } = context;
	const machines = await startMachines( context );
	const each = count( 320 );
	const [ unasked, asked ] = [ await startPair( machines, context, 1 ), await startPair( machines, context, 2 ) ];
	await emptyInbox( machines.provider.inboxUrl );
	const provider = brokenLogins( machines );
	const found: Record< string, Figures & { errors: number } > = {};
	const play = async ( pair: Pair, mend: Mend, greetingS = 0 ) => {
		const name = greetingS > 0 ? `${ mend }, greeting ${ greetingS } s late` : mend;
		log( `${ name } …` );
		Object.assign( found, await heal( { pair, mend, name, each, greetingS }, { machines, provider, context } ) );
	};
	await Promise.all( [
		play( unasked, 'nobody asks' ),
		( async () => {
			await play( asked, 'asked' );
			await play( asked, 'new password' );
		} )(),
	] );
	// the greeting is everybody's, so it comes when the others have ended
	await play( asked, 'asked', lateGreetingS );
	const ofOurs = Object.entries( found ).filter( ( [ side ] ) => side.startsWith( 'gateway' ) );
	return {
		sides: found,
		ratios: {
			...Object.fromEntries(
				ofOurs.map( ( [ side, { lastArrivalS = NaN } ] ) => [
					`last arrival, gateway / plain postfix: ${ side.replace( 'gateway: ', '' ) }`,
					{
						value:
							lastArrivalS / ( found[ side.replace( 'gateway', 'plain postfix' ) ]?.lastArrivalS ?? NaN ),
					},
				] )
			),
			'lost or delivered twice by the gateway': {
				value: Math.max( ...ofOurs.map( ( [ , { errors } ] ) => errors ) ),
				goal: { atMost: 0 },
			},
		},
	};
}

async function startPair( machines: Machines, { log, signal }: BenchContext, serverId: number ): Promise< Pair > {
	log( `Setting up a gateway and a plain Postfix (${ serverId } of 2) …` );
	const user = `pair-${ serverId }@example.test`;
	const account = await addAccount( machines.provider, { user, password: `first password of ${ serverId }` } );
	const ours = await startGateway( machines, { name: `gateway-${ serverId }`, serverId, account, signal } );
	const plain = await startOther( machines, 'plain postfix', { name: `plain-${ serverId }`, account, signal } );
	return { relays: [ ours, plain ], serverId, account };
}

/** Accounts whose login the provider refuses now; each change is heard at once. */
function brokenLogins( { setFaults }: Machines ) {
	const broken = new Set< string >();
	let greetingDelayMs = 0;
	const tell = () =>
		setFaults( {
			atAccount: Object.fromEntries(
				[ ...broken ].map( ( user ) => [ user, { auth: '535 5.7.8 Error: authentication failed' } ] )
			),
			greetingDelayMs,
		} );
	return {
		async refuse( user: string ) {
			broken.add( user );
			await tell();
		},
		async accept( user: string, greetingS: number ) {
			broken.delete( user );
			greetingDelayMs = greetingS * 1000;
			await tell();
		},
	};
}

interface Played {
	pair: Pair;
	mend: Mend;
	name: string;
	each: number;
	greetingS: number;
}

async function heal(
	{ pair: { relays, serverId, account }, mend, name, each, greetingS }: Played,
	{
		machines,
		provider,
		context: { log, signal },
	}: { machines: Machines; provider: ReturnType< typeof brokenLogins >; context: BenchContext }
): Promise< Record< string, Figures & { errors: number } > > {
	const labelOf = ( relay: Relay ) => `${ name } ${ relay.name }`.replace( /[ ,]+/g, '-' );
	await provider.refuse( account.user );
	await Promise.all(
		relays.map( async ( relay ) => {
			await send( relay, { label: labelOf( relay ), each }, signal );
			await untilDeferred( relay, { expected: each, signal } );
		} )
	);
	const password = mend === 'new password' ? `second password of ${ serverId }` : account.password;
	await addAccount( machines.provider, { user: account.user, password } );
	await provider.accept( account.user, greetingS );
	const mendedMs = Date.now();
	const sides = await Promise.all(
		relays.map( async ( relay ) => {
			const acting = actions[ mend ]( relay, { machines, serverId, account: { ...account, password }, signal } );
			const wanted = { label: labelOf( relay ), expected: each, patienceS, signal };
			const { mails, twice, lastMs } = await arrivals( machines.provider.inboxUrl, wanted );
			await acting;
			const lastArrivalS = ( lastMs - mendedMs ) / 1000;
			log( `${ name }, ${ relay.name }: ${ mails } mails, the last one after ${ lastArrivalS } s` );
			const figures = { sent: each, delivered: mails, twice, lastArrivalS, errors: each - mails + twice };
			return [ `${ relay.name }: ${ name }`, figures ] as const;
		} )
	);
	return Object.fromEntries( sides );
}

/** All have met the login that is refused, or have been put beside those that have. */
async function untilDeferred(
	{ server, name }: Relay,
	{ expected, signal }: { expected: number; signal: AbortSignal }
): Promise< void > {
	const giveUpAt = Date.now() + 300_000;
	for ( let count = 0; count < expected;  ) {
		await sleep( 1000, undefined, { signal } );
		const script = 'find /var/spool/postfix/deferred -type f | wc -l';
		count = Number( await shellOn( server, script, { signal } ) );
		if ( Date.now() > giveUpAt ) {
			throw new Error( `${ name }: of ${ expected } mails ${ count } wait.` );
		}
	}
}

interface Acting {
	machines: Machines;
	serverId: number;
	account: Account;
	signal: AbortSignal;
}

/** What a person does at each of the two: our buttons, or Postfix's own commands. */
const actions: Record< Mend, ( relay: Relay, acting: Acting ) => Promise< void > > = {
	'nobody asks': async () => {},
	async asked( { name, server }, { machines: { ask }, serverId, signal } ) {
		if ( name !== 'gateway' ) {
			await shellOn( server, 'postqueue -f', { signal } );
			return;
		}
		const { jobId } = await ask( 'deliverWaitingMail', { older: 'ask' }, { serverId } );
		await succeeded( ask, { serverId, jobId }, { everyMs: 500, timeoutMs: patienceS * 1000 } );
	},
	async 'new password'( { name, server }, { machines, serverId, account, signal } ) {
		if ( name !== 'gateway' ) {
			const { host, port } = machines.provider;
			const line = `[${ host }]:${ port } ${ account.user }:${ account.password }`;
			await shellOn( server, `echo '${ line }' >/etc/postfix/sasl_passwd; postfix reload; postqueue -f`, {
				signal,
			} );
			return;
		}
		await machines.install( serverId, account );
	},
};
