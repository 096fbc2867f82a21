import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../provider/messages.ts';
import { shellOn } from '../servers/ssh.ts';
import { mostWithin, spread, type BenchContext, type Measured } from './figures.ts';
import { succeeded } from './jobs.ts';
import { startMachines } from './machines.ts';
import { emptyInbox } from './mails.ts';

const serverId = 1;
const cap = 200;
/** At once, as the processes of a site's PHP. */
const workers = 8;
const seconds = 90;

const as = ( user: string, command: string ) =>
	`setpriv --reuid=${ user } --regid=${ user } --clear-groups -- sh -c '${ command }'`;
const mail = ( subject: string ) => `printf "Subject: ${ subject }\\n\\nFrom a site.\\n" | sendmail inbox@example.com`;

/** 10,000 mails of one site with a cap of 200 an hour: what the provider takes of them, and how long others wait meanwhile. */
export async function siteFlood( context: BenchContext ): Promise< Measured > {
	const { signal, log } = context;
	const machines = await startMachines( context );
	const server = await machines.reset( 'bench-flood' );
	const shell = ( script: string ) => shellOn( server, script, { signal } );
	await shell( 'useradd -M flood; useradd -M other' );
	await machines.connect( serverId, server );
	await machines.install( serverId, machines.provider );
	const limits = { hour: cap, day: null, refused: null };
	const { jobId } = await machines.ask( 'capSite', { uid: null, cap: { kind: 'limits', limits } }, { serverId } );
	await succeeded( machines.ask, { serverId, jobId } );
	await machines.setFaults( { replyDelayMs: 20 } );
	await emptyInbox( machines.provider.inboxUrl );
	const each = context.count( 10_000 ) / workers;
	const loop = `n=0; ok=0; while [ $n -lt ${ each } ]; do n=$((n+1)); ${ mail(
		'flood $$ $n'
	) } 2>/dev/null && ok=$((ok+1)); done; echo $ok`;
	const flood = Promise.all( Array.from( { length: workers }, () => shell( as( 'flood', loop ) ) ) );
	// with the time at which it begins, which is that of this machine, too
	const others = `n=0; while [ $n -lt ${ seconds } ]; do n=$((n+1)); ${ mail(
		'other $n $(date +%s%3N)'
	) }; sleep 1; done`;
	await shell( as( 'other', others ) );
	const queued = ( await flood ).map( Number ).reduce( ( sum, ok ) => sum + ok, 0 );
	await sleep( 10_000, undefined, { signal } );
	const inbox = ( await ( await fetch( `${ machines.provider.inboxUrl }/messages` ) ).json() ) as Message[];
	const waits = inbox.flatMap( ( { subject, receivedAt } ) => {
		const [ , ms ] = /^other \d+ (\d+)$/.exec( subject ) ?? [];
		return ms === undefined ? [] : [ Date.parse( receivedAt ) - Number( ms ) ];
	} );
	const taken = inbox.filter( ( { subject } ) => subject.startsWith( 'flood ' ) );
	const takenAt = inbox.map( ( { receivedAt } ) => Date.parse( receivedAt ) );
	const [ held = 0, heldKib = 0, logKib = 0 ] = (
		await shell(
			'find /var/spool/postfix/hold -type f | wc -l; du -sk /var/spool/postfix/hold /var/log/email-gateway | cut -f1'
		)
	)
		.trim()
		.split( '\n' )
		.map( Number );
	const twice = taken.length - new Set( taken.map( ( { subject } ) => subject ) ).size;
	const overshoot = Math.max( 0, taken.length - cap );
	log( `of ${ workers * each } mails ${ queued } were queued; the provider took ${ taken.length }, cap ${ cap }` );
	return {
		sides: {
			'the site that floods': {
				...{ sent: workers * each, refusedAtOnce: workers * each - queued, taken: taken.length, overshoot },
				...{ held, heldKib, logKib },
				errors: twice,
			},
			'another site': { ...spread( 'wait', waits ), errors: seconds - waits.length },
		},
		ratios: {
			'overshoot / what the provider took in its busiest 15 s': {
				...{ value: overshoot / mostWithin( takenAt, 15_000 ), goal: { atMost: 1 } },
			},
			'longest wait of another site, in seconds': { value: Math.max( ...waits ) / 1000, goal: { atMost: 5 } },
		},
	};
}
