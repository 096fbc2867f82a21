import { join } from 'node:path';
import { takeDown } from '../down.ts';
import { whyNoServers } from '../machines.ts';
import { hostPackages } from '../servers/server.ts';
import type { ServerKind } from '../servers/kinds.ts';
import { runInOwnLab } from '../system/own-lab.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { runSample } from '../torture/sample.ts';
import { emptyLab } from './fresh-lab.ts';
import { merge, type RunnerResult } from './report.ts';
import { runSafely } from './run-safely.ts';
import type { RunnerContext } from './runners.ts';

/** Said in the summary by every runner that wants real servers, when it was told to do without. */
export function leftOut(): RunnerResult | undefined {
	const isLeftOut = process.env[ 'EMAIL_GATEWAY_WITHOUT_SERVERS' ] === '1';
	const note = 'LEFT OUT: real servers, by EMAIL_GATEWAY_WITHOUT_SERVERS=1';
	return isLeftOut ? { passed: 0, failures: [], note } : undefined;
}

/**
 * The backend's tests that need a real Debian, fresh ones, but no WordPress: Debian 12 and 13 at the same time, for
 * they mostly wait. A sample of the faults follows on those of Debian 12, which are done first.
 */
export async function onServers( { log, signal, whole = false }: RunnerContext ): Promise< RunnerResult > {
	const without = leftOut();
	if ( without !== undefined ) {
		return without;
	}
	const withoutServers = whyNoServers();
	if ( withoutServers !== undefined ) {
		throw new Error( `There are no real servers: ${ withoutServers }` );
	}
	await emptyLab( { log } );
	// once, before two want them at the same time
	// puttygen makes keys that the backend has to read, nginx and caddy stand in front of it as docs/production.md tells
	await ensureSystemPackages( [ ...hostPackages, 'putty-tools', 'nginx-light', 'caddy' ], { log, signal } );
	const onDebian13 = runSafely( () => onOneServer( 'debian13', { signal, whole } ) );
	const onDebian12 = await runSafely( () => onOneServer( 'debian12', { signal, whole } ) );
	const sample = await runSafely( () => sampleOfFaults( { log, signal } ), 'no sample of the faults' );
	return { ...merge( [ onDebian12, await onDebian13, sample ] ), note: sample.note ?? 'none of the faults ran' };
}

async function onOneServer(
	kind: ServerKind,
	{ signal, whole }: { signal: AbortSignal; whole: boolean }
): Promise< RunnerResult > {
	let result: RunnerResult | undefined;
	await runInOwnLab< RunnerResult >( join( import.meta.dirname, 'on-one-server.ts' ), kind, {
		args: whole ? [ 'whole' ] : [],
		signal,
		onTold: ( told ) => ( result = told ),
	} );
	if ( result === undefined ) {
		throw new Error( `The tests on ${ kind } told no result.` );
	}
	return result;
}

async function sampleOfFaults( context: RunnerContext ): Promise< RunnerResult > {
	try {
		const sample = await runSample( context );
		const count = sample.passed + sample.failures.length;
		return { ...sample, note: `with ${ count } of the faults; all: npm run lab -- torture` };
	} finally {
		await takeDown( context );
	}
}
