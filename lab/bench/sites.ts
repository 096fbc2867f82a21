import { plan } from '../../backend/src/gateway/plan.ts';
import type { Rules } from '../../backend/src/gateway/rules.ts';
import { testRoute } from '../../backend/src/gateway/test-routes.ts';
import { look } from '../../backend/src/programs/look.ts';
import { connectTo } from '../../backend/src/ssh/test-servers.ts';
import type { Remote } from '../../backend/src/ssh/remote.ts';
import { Secret } from '../../backend/src/vault/secret.ts';
import { mostRoutes } from '../../shared/src/index.ts';
import { shellOn } from '../servers/ssh.ts';
import type { Server } from '../servers/server.ts';
import { inTurn, quantile, type BenchContext, type Measured } from './figures.ts';
import { startMachines, type Machines } from './machines.ts';
import { desiredWith, installWith, serverOf } from './with-rules.ts';

const measured = [ 'look', 'plan', 'preview', 'reload' ] as const;
type Times = Record< ( typeof measured )[ number ], number[] >;

/** A server with so many sites, each of a user of its own with a cap, a closed side door and, up to 100 of them, a route. */
interface Side {
	name: string;
	server: Server;
	rules: Rules;
	times: Times;
}

/** 200 sites on one server against one: looking at it, planning, a preview, and Postfix taking its configuration anew. */
export async function sites( context: BenchContext ): Promise< Measured > {
	const machines = await startMachines( context );
	const sides: Side[] = [];
	for ( const count of [ 1, 200 ] ) {
		context.log( `A server with ${ count } site${ count === 1 ? '' : 's' } …` );
		sides.push( await sideWith( machines, count, context.signal ) );
	}
	for ( const { side, round } of inTurn( sides, context.count( 20 ) + 1 ) ) {
		const took = await measure( machines, side, context.signal );
		// the first fills what caches there are
		if ( round > 0 ) {
			measured.forEach( ( what ) => side.times[ what ].push( took[ what ] ) );
		}
	}
	const p50 = ( { times }: Side, what: keyof Times ) => quantile( times[ what ], 0.5 );
	const [ one, many ] = sides as [ Side, Side ];
	return {
		sides: Object.fromEntries(
			sides.map( ( side ) => [
				side.name,
				{
					...Object.fromEntries( measured.map( ( what ) => [ `${ what }P50Ms`, p50( side, what ) ] ) ),
					errors: 0,
				},
			] )
		),
		ratios: Object.fromEntries(
			measured.map( ( what ) => [
				`${ what }, 200 sites / one`,
				{ value: p50( many, what ) / p50( one, what ), goal: { atMost: 2 } },
			] )
		),
	};
}

async function sideWith( machines: Machines, count: number, signal: AbortSignal ): Promise< Side > {
	const server = await machines.reset( `bench-sites-${ count }` );
	const uids = Array.from( { length: count }, ( _, at ) => 2001 + at );
	await shellOn(
		server,
		`for uid in $(seq 2001 ${ 2000 + count }); do
			useradd -M -u $uid site-$((uid - 2000))
			mkdir -p /var/www/site-$((uid - 2000)).test
			echo '<?php' >/var/www/site-$((uid - 2000)).test/wp-config.php
			chown -R $uid /var/www/site-$((uid - 2000)).test
		done`,
		{ signal }
	);
	const { host: smtpServer, port: smtpPort, user: userName, password } = machines.provider;
	const account = { smtpServer, smtpPort, userName };
	const list = uids
		.slice( 0, mostRoutes )
		.map( ( _, at ) => testRoute( at + 1, { account, password: new Secret( password ) } ) );
	const limits = { hour: 200, day: 1000, refused: 30 };
	const rules: Rules = {
		...{ paused: [], sandbox: null, routes: { list, without: 'default' } },
		...{ caps: uids.map( ( uid ) => ( { uid, limits } ) ), closedDoors: uids },
	};
	const side = { name: `${ count } sites`, server, rules, times: { look: [], plan: [], preview: [], reload: [] } };
	await installWith( machines, side, signal );
	return side;
}

/** What Postfix reads anew is read when the next message comes: until it has taken one, the reload is not over. */
const reload = `from=$(date +%s%N); postfix reload 2>/dev/null
printf 'EHLO a\\nMAIL FROM:<a@example.org>\\nRCPT TO:<postmaster@localhost>\\nDATA\\n' |
perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new( "127.0.0.1:25" ) or die; <$s>;
	while ( <STDIN> ) { chomp; print $s "$_\\r\\n"; do { $l = <$s> } while $l =~ /^...-/ } die $l unless $l =~ /^354/;
	print $s "Subject: bench\\r\\n\\r\\nx\\r\\n.\\r\\n"; $l = <$s>; die $l unless $l =~ /^250/'
echo $((($(date +%s%N) - from) / 1000))`;

async function measure( machines: Machines, side: Side, signal: AbortSignal ) {
	const remote: Remote = await connectTo( serverOf( side.server ), signal );
	const from = performance.now();
	const facts = await look( remote, { signal } );
	const looked = performance.now();
	const left = plan( facts, desiredWith( machines, side.rules, facts ) );
	const planned = performance.now();
	remote.close();
	if ( left.length > 0 ) {
		throw new Error( `${ side.name }: ${ left.map( ( { subject } ) => subject ).join( ', ' ) } differs.` );
	}
	const reloadUs = Number( await shellOn( side.server, reload, { signal } ) );
	return { look: looked - from, plan: planned - looked, preview: planned - from, reload: reloadUs / 1000 };
}
