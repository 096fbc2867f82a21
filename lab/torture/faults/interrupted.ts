import type { Backend } from '../backends.ts';
import { mustHold, type Fault } from '../fault.ts';
import { freezeAt, sayMoment, type FrozenRun, type Moment } from '../freeze.ts';
import type { Ended } from '../gateway.ts';
import { mustBeAsBefore } from '../on-a-server.ts';
import { mustSucceed, type Patient } from '../patient.ts';
import type { World } from '../world.ts';

/** What cuts a job off while its run stands still on the server. */
interface Interruption {
	name: string;
	how: string;
	backend( world: World ): Promise< Backend >;
	strike( patient: Patient, run: FrozenRun ): Promise< void >;
}

const dies = async ( { backend }: Patient, run: FrozenRun ) => {
	await backend.kill();
	await run.thaw();
	await backend.start();
};

const interruptions: Interruption[] = [
	{ name: 'backend_killed', how: 'the backend killed with -9', backend: ( world ) => world.embedded(), strike: dies },
	{
		name: 'worker_killed',
		how: 'the worker killed with -9',
		backend: ( world ) => world.distributed(),
		strike: dies,
	},
	{
		name: 'connection_cut',
		how: 'the SSH connection cut',
		backend: ( world ) => world.embedded(),
		async strike( patient, run ) {
			await patient.cutConnections();
			await run.thaw();
		},
	},
	{
		name: 'power_cut',
		how: 'the server’s power cut',
		backend: ( world ) => world.embedded(),
		strike: ( patient ) => patient.cutPower(),
	},
	{
		name: 'rebooted',
		how: 'the server rebooted',
		backend: ( world ) => world.embedded(),
		strike: ( patient ) => patient.reboot(),
	},
];

const changing: Moment[] = [
	{ step: 'snapshot' },
	{ step: 'packages' },
	{ step: 'configuration' },
	{ step: 'service' },
	{ step: 'verify' },
	{ step: 'commit' },
];

/** What is interrupted, and what must hold after each time. The server is left as it was before, for the next moment. */
const verbs: {
	name: string;
	what: string;
	moments: Moment[];
	prepare?( patient: Patient ): Promise< void >;
	once: Once;
}[] = [
	{
		name: 'install',
		what: 'An install',
		moments: [
			...changing,
			{ step: 'packages', program: 'dpkg-deb' },
			{ step: 'packages', program: 'postfix.postins' },
		],
		async once( patient, interrupted ) {
			const password = await patient.provider.newPassword();
			const before = await patient.footprint();
			const ended = await interrupted( () => patient.gateway.beginInstall( { password } ) );
			mustSucceed( ended, 'The install' );
			await patient.arrives( await patient.send() );
			await patient.keepsSecret( password );
			mustSucceed( await patient.remove(), 'The removal after it' );
			mustBeAsBefore( before, await patient.footprint(), 'the removal' );
		},
	},
	{
		name: 'reinstall',
		what: 'A change of the password',
		moments: changing,
		async prepare( patient ) {
			mustSucceed(
				await patient.install( { password: await patient.provider.newPassword() } ),
				'The first install'
			);
		},
		async once( patient, interrupted ) {
			// from here on the old password is wrong: what is sent waits for the new one
			const password = await patient.provider.newPassword();
			const waiting = await patient.send();
			const ended = await interrupted( () => patient.gateway.beginInstall( { password } ) );
			mustSucceed( ended, 'The reinstall' );
			await patient.arrives( waiting, { timeoutMs: 100_000 } );
			await patient.arrives( await patient.send() );
			await patient.keepsSecret( password );
		},
	},
	{
		name: 'remove',
		what: 'A removal while mail waits',
		moments: [
			{ step: 'snapshot' },
			{ step: 'restore' },
			{ step: 'restore', program: 'postfix.prerm' },
			{ step: 'restore', gone: '/var/spool/postfix' },
		],
		async once( patient, interrupted ) {
			const password = await patient.provider.newPassword();
			const before = await patient.footprint();
			mustSucceed( await patient.install( { password } ), 'The install' );
			await patient.provider.fail( { at: { rcptTo: '450 4.7.1 Greylisted, try again later' } } );
			const waiting = await patient.send();
			const ended = await interrupted( () => patient.gateway.beginRemove( { waitingMail: 'save' } ) );
			mustSucceed( ended, 'The removal' );
			await patient.provider.heal();
			const saved = await patient.shell( 'cat /var/lib/email-gateway-saved-queue-*/messages/*.eml' );
			mustHold( saved.includes( waiting ), 'The waiting message was not saved.' );
			const { result } = ended.job;
			const place = result?.verb === 'remove_gateway' ? result.savedQueue : null;
			const told = await patient.shell( `cat '${ place ?? '/nowhere' }'/messages/*.eml || true` );
			mustHold(
				told.includes( waiting ),
				`The place that was told (${ place }) does not hold the waiting message.`
			);
			await patient.shell( 'rm -rf /var/lib/email-gateway-saved-queue-*' );
			await patient.keepsSecret( password );
			mustBeAsBefore( before, await patient.footprint(), 'the removal' );
		},
	},
];

type Once = (
	patient: Patient,
	interrupted: ( begin: () => Promise< string > ) => Promise< Ended >
) => Promise< void >;

/** Each verb, cut off in each way, at each of its moments on one server. */
export const interruptedFaults: Fault[] = verbs.flatMap( ( { name, what, moments, prepare, once } ) =>
	interruptions.map(
		( { name: interruption, how, backend, strike } ): Fault => ( {
			name: `${ name }_${ interruption }`,
			goesWrong: `${ what }: ${ how }, at each of ${ moments.length } moments`,
			async run( world ) {
				const patient = await world.freshServer( { backend: await backend( world ) } );
				await prepare?.( patient );
				for ( const moment of moments ) {
					world.log( `  at ${ sayMoment( moment ) }` );
					try {
						await once( patient, ( begin ) => interruptedAt( patient, moment, begin, strike ) );
					} catch ( error ) {
						throw new Error( `At ${ sayMoment( moment ) }: ${ ( error as Error ).message }` );
					}
				}
				return `ended ${ moments.length } times of ${ moments.length } as wished, in one event log: ${ moments
					.map( sayMoment )
					.join( ', ' ) }`;
			},
		} )
	)
);

async function interruptedAt(
	patient: Patient,
	moment: Moment,
	begin: () => Promise< string >,
	strike: Interruption[ 'strike' ]
): Promise< Ended > {
	const standing = freezeAt( patient.server, moment );
	const [ jobId, run ] = await Promise.all( [ begin(), standing ] );
	await strike( patient, run );
	const ended = await patient.gateway.ended( jobId );
	const { events } = ended;
	mustHold(
		events.every( ( { seq }, index ) => seq === index + 1 ),
		'The events were not numbered without a gap.'
	);
	const commits = events.filter( ( event ) => event.type === 'step_finished' && event.step === 'commit' );
	mustHold( commits.length <= 1, 'The change was committed more than once.' );
	return ended;
}
