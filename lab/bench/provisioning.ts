import { shellOn } from '../servers/ssh.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { addAccount } from './fleet-steps.ts';
import { inTurn, quantile, type BenchContext, type Measured } from './figures.ts';
import { startMachines, type Account } from './machines.ts';
import { accountOf, addSite } from './mails.ts';
import { ansible, api, shell, type Provisioner } from './provisioners.ts';

const noChangeRuns = 3;
const kinds = [ 'first', 'noChange', 'credential' ] as const;

/** All begin with the same apt update; Ansible judges by the age of the folder. */
const forgetPackages = `rm -rf /var/lib/apt/lists/* /var/lib/apt/periodic/* /var/cache/apt/archives/*.deb
touch -d '2 days ago' /var/lib/apt/lists`;

interface Side {
	provisioner: Provisioner;
	timesMs: Record< ( typeof kinds )[ number ], number[] >;
}

/** First install, reinstall without a change, and change of the credential, on a real server and the provider without delay. */
export async function provisioning( context: BenchContext ): Promise< Measured > {
	const { log, signal } = context;
	await ensureSystemPackages( [ 'ansible-core' ], context );
	const machines = await startMachines( context );
	const { inboxUrl } = machines.provider;
	const second = await addAccount( machines.provider, {
		user: 'second@example.test',
		password: 'the second password',
	} );
	const provisioners = [ api( machines ), await ansible( machines, context ), shell( machines, context ) ];
	const sides = provisioners.map(
		( provisioner ): Side => ( { provisioner, timesMs: { first: [], noChange: [], credential: [] } } )
	);
	for ( const { side, round } of inTurn( sides, context.count( 5 ) ) ) {
		const { name, prepare, provision } = side.provisioner;
		log( `Round ${ round + 1 }, ${ name }: a server as new …` );
		const server = await machines.reset( name );
		const relay = { name, server };
		await prepare( server, round );
		await addSite( relay, signal );
		await shellOn( server, forgetPackages, { signal } );
		const timed = async ( kind: ( typeof kinds )[ number ], account: Account, expect: 'changes' | 'nothing' ) => {
			side.timesMs[ kind ].push( await provision( server, round, account, expect ) );
			if ( expect === 'changes' && ( await accountOf( relay, inboxUrl, signal ) ) !== account.user ) {
				throw new Error( `${ name }: mail was not sent as ${ account.user }.` );
			}
		};
		await timed( 'first', machines.provider, 'changes' );
		for ( let run = 0; run < noChangeRuns; run++ ) {
			await timed( 'noChange', machines.provider, 'nothing' );
		}
		await timed( 'credential', second, 'changes' );
	}
	const [ ours, theirs, floor ] = sides as [ Side, Side, Side ];
	const p50 = ( side: Side, kind: ( typeof kinds )[ number ] ) => quantile( side.timesMs[ kind ], 0.5 );
	return {
		sides: Object.fromEntries(
			sides.map( ( side ) => [
				side.provisioner.name,
				{
					...Object.fromEntries( kinds.map( ( kind ) => [ `${ kind }P50S`, p50( side, kind ) / 1000 ] ) ),
					firstMaxS: quantile( side.timesMs.first, 1 ) / 1000,
					errors: 0,
				},
			] )
		),
		ratios: {
			'first install, gateway / shell': {
				value: p50( ours, 'first' ) / p50( floor, 'first' ),
				goal: { atMost: 1.2 },
			},
			'no change, gateway / ansible': {
				value: p50( ours, 'noChange' ) / p50( theirs, 'noChange' ),
				goal: { atMost: 1 / 8 },
			},
			'first install, gateway / ansible': { value: p50( ours, 'first' ) / p50( theirs, 'first' ) },
			'new credential, gateway / ansible': { value: p50( ours, 'credential' ) / p50( theirs, 'credential' ) },
		},
	};
}
