import type { JobView } from '../../shared/src/index.ts';
import { addAccount, inParallel } from './fleet-steps.ts';
import type { BenchContext, Figures, Measured } from './figures.ts';
import { succeeded } from './jobs.ts';
import { startMachines, type Account, type Machines } from './machines.ts';
import { accountOf, addSite } from './mails.ts';
import type { Relay } from './relays.ts';

/** Ten real servers through one backend as it comes: look and plan, install, change of the credential, all at once. */
export async function realFleet( context: BenchContext ): Promise< Measured > {
	const { log, signal } = context;
	const machines = await startMachines( context );
	const { provider } = machines;
	const second = await addAccount( provider, { user: 'second@example.test', password: 'the second password' } );
	const relays: Relay[] = [];
	for ( let index = 0; index < context.count( 10 ); index++ ) {
		log( `Starting server ${ index + 1 } …` );
		const server = await machines.start( `real-${ index }` );
		await machines.connect( index + 1, server );
		const relay = { name: server.name, server };
		await addSite( relay, signal );
		relays.push( relay );
	}
	const steps: [ name: string, account: Account, what: 'previewChanges' | 'installGateway' ][] = [
		[ 'look and plan', provider, 'previewChanges' ],
		[ 'install', provider, 'installGateway' ],
		[ 'new credential', second, 'installGateway' ],
	];
	const sides: Measured[ 'sides' ] = {};
	for ( const [ name, account, what ] of steps ) {
		sides[ name ] = { ...( await timed( machines, relays, { account, what } ) ), errors: 0 };
		if ( what === 'installGateway' ) {
			for ( const relay of relays ) {
				if ( ( await accountOf( relay, provider.inboxUrl, signal ) ) !== account.user ) {
					throw new Error( `${ relay.name } does not send as ${ account.user }.` );
				}
			}
		}
	}
	return { sides, ratios: {} };
}

async function timed(
	{ ask, settings }: Machines,
	relays: readonly Relay[],
	{ account, what }: { account: Account; what: 'previewChanges' | 'installGateway' }
): Promise< Figures > {
	const from = performance.now();
	const jobs: JobView[] = [];
	await inParallel( [ ...relays.keys() ], async ( index ) => {
		const serverId = index + 1;
		const { jobId } = await ask( what, { settings: settings( account ), consents: [] }, { serverId } );
		jobs.push( await succeeded( ask, { serverId, jobId }, { everyMs: 200 } ) );
	} );
	const runMs = jobs.map( ( job ) => Date.parse( job.finishedAt ?? '' ) - Date.parse( job.startedAt ?? '' ) );
	return {
		servers: relays.length,
		sPerServer: ( performance.now() - from ) / 1000 / relays.length,
		longestJobS: Math.max( ...runMs ) / 1000,
	};
}
