import { shellOn } from '../servers/ssh.ts';
import type { BenchContext, Figures, Measured } from './figures.ts';
import { startMachines } from './machines.ts';
import { startRelays } from './relays.ts';

/** Processor time of so many starts of postmap(1), which reads a table as smtp(8) does. */
const script = ( table: string, starts: number ) => `
printf '/^never$/ x\\n' >/tmp/empty
read_table() { TIMEFORMAT='%U %S'; time (for i in $(seq ${ starts }); do postmap -q 5.0.0 "regexp:$1"; done >/dev/null); }
read_table /tmp/empty
read_table "${ table }"
grep -cE '^(if !?)?/' "${ table }"`;

/** What the table of what waits costs each smtp(8) that starts: the processor time to read it, beside one that has a single rule. */
export async function table( context: BenchContext ): Promise< Measured > {
	const { signal, count } = context;
	const machines = await startMachines( context );
	const [ gateway ] = await startRelays( machines, context, [] );
	if ( ! gateway ) {
		throw new Error( 'There is no gateway.' );
	}
	const starts = count( 50 );
	const filter = await shellOn( gateway.server, 'postconf -h smtp_delivery_status_filter', { signal } );
	const path = filter.trim().replace( 'regexp:', '' );
	const told = await shellOn(
		gateway.server,
		`bash -c '${ script( path, starts ).replaceAll( "'", `'\\''` ) }' 2>&1`,
		{
			signal,
		}
	);
	const lines = told.trim().split( '\n' );
	const [ empty = NaN, ours = NaN ] = lines
		.slice( 0, 2 )
		.map( ( line ) => ( line.split( ' ' ).reduce( ( sum, part ) => sum + Number( part ), 0 ) / starts ) * 1000 );
	const patterns = Number( lines[ 2 ] );
	if ( ! ( ours > 0 && patterns > 0 ) ) {
		throw new Error( `Nothing was measured: ${ told }` );
	}
	const side = ( cpuMs: number, rules: number ): Figures & { errors: number } => ( {
		...{ patterns: rules, cpuMs, errors: 0 },
	} );
	return {
		sides: { 'a single rule': side( empty, 1 ), 'what waits': side( ours, patterns ) },
		ratios: { 'ms of a processor at each start of smtp(8)': { value: ours - empty, goal: { atMost: 20 } } },
	};
}
