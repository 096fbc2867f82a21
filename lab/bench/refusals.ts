import { mendable, stageOf } from '../refusals/rows.ts';
import { shellOn } from '../servers/ssh.ts';
import type { BenchContext, Measured } from './figures.ts';
import { succeeded } from './jobs.ts';
import { startMachines, type Machines } from './machines.ts';
import { arrivals, emptyInbox, send } from './mails.ts';
import { startRelays, type Relay } from './relays.ts';

/** With the fifty labelled replies that are played, a hundred. */
const mailsEach = 2;

/** Until Postfix has tried what it was handed. */
const settle = `for i in $(seq 60); do
	[ -n "$(find /var/spool/postfix/maildrop /var/spool/postfix/incoming /var/spool/postfix/active -type f)" ] || break
	sleep 0.5
done`;

interface Side extends Relay {
	label: string;
	sent: number;
	/** Mails of which mail() said to the site that they were not taken. */
	refused: number;
}

/**
 * The provider refuses for the account's or the sender's sake, in one real reply after another; after each it is mended
 * and what waits is tried again. Which mails never arrive?
 */
export async function refusals( context: BenchContext ): Promise< Measured > {
	const { log, signal } = context;
	const machines = await startMachines( context );
	const relays = await startRelays( machines, context, [ 'plain postfix', 'ssmtp', 'msmtp' ] );
	const sides = relays.map(
		( relay ): Side => ( {
			...{ ...relay, label: relay.name.replace( ' ', '-' ), sent: 0, refused: 0 },
		} )
	);
	const { inboxUrl } = machines.provider;
	await emptyInbox( inboxUrl );
	const rows = mendable();
	for ( const [ at, { stage, reply } ] of rows.slice( 0, context.count( rows.length ) ).entries() ) {
		log( `${ stage }: ${ reply.split( '\n', 1 )[ 0 ] } …` );
		await machines.setFaults( { at: { [ String( stageOf[ stage ] ) ]: reply } } );
		await Promise.all( sides.map( ( side ) => handIn( side, { label: `${ side.label } ${ at }`, signal } ) ) );
		await machines.setFaults( {} );
		await Promise.all( sides.map( ( side ) => deliver( side, machines, signal ) ) );
	}
	const found: Measured[ 'sides' ] = {};
	for ( const { name, label, sent, refused } of sides ) {
		const wanted = { label, expected: sent - refused, patienceS: 20, signal };
		const { mails, twice } = await arrivals( inboxUrl, wanted );
		const lost = sent - mails;
		found[ name ] = { sent, toldToSite: refused, lost, twice, errors: lost + twice };
	}
	const lostBy = ( name: string ) => found[ name ]?.lost ?? NaN;
	return {
		sides: found,
		ratios: {
			'lost by the gateway': { value: lostBy( 'gateway' ), goal: { atMost: 0 } },
			'delivered twice by the gateway': { value: found.gateway?.twice ?? NaN, goal: { atMost: 0 } },
			'lost by plain postfix': { value: lostBy( 'plain postfix' ) },
		},
	};
}

const hasPostfix = ( { name }: Relay ) => name === 'gateway' || name === 'plain postfix';

async function handIn( side: Side, { label, signal }: { label: string; signal: AbortSignal } ): Promise< void > {
	const { timesMs, refused } = await send( side, { label, each: mailsEach }, signal );
	side.sent += timesMs.length;
	side.refused += refused;
	if ( hasPostfix( side ) ) {
		await shellOn( side.server, settle, { signal } );
	}
}

/** As somebody does who has mended it: the button, or Postfix's own command. What has no queue has nothing to try. */
async function deliver( side: Side, { ask }: Machines, signal: AbortSignal ): Promise< void > {
	if ( side.name === 'gateway' ) {
		const { jobId } = await ask( 'deliverWaitingMail', { older: 'ask' }, { serverId: 1 } );
		await succeeded( ask, { serverId: 1, jobId }, { everyMs: 200 } );
	} else if ( hasPostfix( side ) ) {
		await shellOn( side.server, `postqueue -f; sleep 1; ${ settle }`, { signal } );
	}
}
