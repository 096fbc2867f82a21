import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { programs } from '../../backend/src/programs/compose.ts';
import { commandLine } from '../../backend/src/ssh/as-root.ts';
import type { SimulatedServer } from '../fleet/simulated-server.ts';
import { startFleet, stopFleet } from '../fleet/start.ts';
import { ensureServerKey } from '../servers/layer.ts';
import { labPath } from '../system/paths.ts';
import { run } from '../system/run.ts';
import { cryptographyAlone } from './cryptography-alone.ts';
import { inTurn, quantile, type BenchContext, type Measured } from './figures.ts';

const atOnce = 200;
/** Ours is a process that has run for a while: V8 has compiled what it runs often. Its first round is told apart. */
const warmingRounds = 10;
const nonce = '0'.repeat( 32 );

interface Look {
	/** Servers that told their own name. */
	looked: number;
	wallS: number;
	/** User and system time of all clients. */
	cpuS: number;
}

/** The same look at a fleet of simulated servers, 200 at once: the product's code, and a client of OpenSSH for each. */
export async function fleet( context: BenchContext ): Promise< Measured > {
	const { signal, log } = context;
	const servers = await startFleet( context.count( 1000 ), signal );
	const backend = startOurs( signal );
	try {
		const startCpuS = await backend.started;
		const ours = { name: 'ours', look: backend.look, looks: [] as Look[] };
		const openssh = { name: 'openssh', look: await openSsh( servers, signal ), looks: [] as Look[] };
		const lookWith = async ( side: typeof ours, round: string ): Promise< Look > => {
			const found = await side.look();
			const [ wallS, cpuS ] = [ found.wallS.toFixed( 1 ), found.cpuS.toFixed( 1 ) ];
			log( `${ round }, ${ side.name }: ${ found.looked } in ${ wallS } s, ${ cpuS } s of a processor` );
			if ( found.looked !== servers.length ) {
				throw new Error( `${ side.name } looked at ${ found.looked } of ${ servers.length } servers.` );
			}
			return found;
		};
		const cold = await lookWith( ours, 'Cold' );
		for ( let round = 1; round < warmingRounds; round++ ) {
			await lookWith( ours, `Warming ${ round }` );
		}
		for ( const { side, round } of inTurn( [ ours, openssh ], 5 ) ) {
			side.looks.push( await lookWith( side, `Round ${ round + 1 }` ) );
		}
		const median = ( { looks }: typeof ours, what: 'wallS' | 'cpuS' ) =>
			quantile(
				looks.map( ( look ) => look[ what ] ),
				0.5
			);
		const figures = ( side: typeof ours ) => ( {
			wallS: median( side, 'wallS' ),
			cpuS: median( side, 'cpuS' ),
			errors: 0,
		} );
		return {
			sides: {
				ours: { ...figures( ours ), startCpuS, coldWallS: cold.wallS, coldCpuS: cold.cpuS },
				openssh: figures( openssh ),
				'cryptography alone': { cpuS: cryptographyAlone( servers.length ), errors: 0 },
			},
			ratios: {
				'wall time, openssh / ours': {
					value: median( openssh, 'wallS' ) / median( ours, 'wallS' ),
					goal: { atLeast: 3 },
				},
				'processor time, ours / openssh': {
					value: median( ours, 'cpuS' ) / median( openssh, 'cpuS' ),
				},
			},
		};
	} finally {
		backend.stop();
		await stopFleet();
	}
}

/** One process that stays, as the backend does: what its start takes is told apart. */
function startOurs( signal: AbortSignal ) {
	const child = fork( join( import.meta.dirname, 'look-at-fleet.ts' ), [
		join( labPath, 'fleet.json' ),
		`${ atOnce }`,
	] );
	const gone = new AbortController();
	child.once( 'exit', ( code ) => gone.abort( new Error( `Ours ended with ${ code }.` ) ) );
	const stop = AbortSignal.any( [ signal, gone.signal ] );
	const told = async () =>
		( ( await once( child, 'message', { signal: stop } ) ) as [ Pick< Look, 'looked' | 'cpuS' > ] )[ 0 ];
	return {
		started: told().then( ( { cpuS } ) => cpuS ),
		async look(): Promise< Look > {
			const from = performance.now();
			child.send( 'look' );
			return { ...( await told() ), wallS: ( performance.now() - from ) / 1000 };
		},
		stop: () => child.kill(),
	};
}

/** Everything that can be prepared is: the host keys are known, the command is the one that ours sends. */
async function openSsh( servers: SimulatedServer[], signal: AbortSignal ): Promise< () => Promise< Look > > {
	const folder = join( labPath, 'openssh' );
	const [ keyFile, answers, input ] = [ 'key', 'answers', 'input' ].map( ( name ) => join( folder, name ) ) as [
		string,
		string,
		string,
	];
	await mkdir( folder, { recursive: true, mode: 0o700 } );
	await ensureServerKey( keyFile );
	const known = servers.map( ( { port, hostKey } ) => `[127.0.0.1]:${ port } ${ hostKey }\n` ).join( '' );
	await writeFile( join( folder, 'known_hosts' ), known );
	await writeFile( join( folder, 'command' ), commandLine( programs.facts, { elevation: 'root', nonce } ) );
	await writeFile( input, `BEGIN ${ nonce }\n${ nonce }\n` );
	const options = [
		...[ 'BatchMode=yes', 'IdentitiesOnly=yes', 'StrictHostKeyChecking=yes', 'LogLevel=ERROR' ],
		`UserKnownHostsFile=${ join( folder, 'known_hosts' ) }`,
	].map( ( option ) => `-o ${ option }` );
	// exec: the shell that opens the files becomes the client
	const client = `exec ssh -F/dev/null ${ options.join(
		' '
	) } -i ${ keyFile } -p "$1" root@127.0.0.1 "$command" <${ input } >${ answers }/"$1"`;
	const script = `command=$(cat ${ folder }/command); export command; TIMEFORMAT='%R %U %S'
time xargs -P ${ atOnce } -I{} sh -c '${ client }' sh {}`;
	return async () => {
		await rm( answers, { recursive: true, force: true } );
		await mkdir( answers );
		const ports = servers.map( ( { port } ) => `${ port }\n` ).join( '' );
		const told = await run( [ 'bash', '-c', `{ ${ script }\n} 2>&1` ], { input: ports, signal } );
		const [ wallS = 0, user = 0, system = 0 ] = ( told.trim().split( '\n' ).at( -1 ) ?? '' )
			.split( ' ' )
			.map( Number );
		const texts = await Promise.all(
			( await readdir( answers ) ).map( ( name ) => readFile( join( answers, name ), 'utf8' ) )
		);
		const names = new Set(
			texts
				.filter( ( text ) => text.endsWith( 'end\n' ) )
				.map( ( text ) => /^hostname (\S+)$/m.exec( text )?.[ 1 ] )
		);
		return { looked: names.size, wallS, cpuS: user + system };
	};
}
