import { parseArgs } from 'node:util';
import { takeDown } from '../down.ts';
import { startMachines } from '../machines.ts';
import { UsageError } from '../options.ts';
import { isServerKind, type ServerKind } from '../servers/kinds.ts';
import { labStatus } from '../status.ts';
import type { Log } from '../system/run.ts';
import { isAsLabelled, isUnread, playRefusal, type Played } from './play.ts';
import { fortyRefusals } from './rows.ts';
import { openSender } from './sender.ts';
import { renderRefusals } from './table.ts';

/**
 * Plays forty refusals on real servers and prints what became of each mail.
 *
 * @param argv `--server KIND`; without it Debian 12 and 13 beside each other
 * @return the exit code: 0 where each mail waited, came back and arrived as labelled, or waited for want of any reason
 */
export async function playRefusals(
	argv: string[],
	{ log, signal }: { log: Log; signal: AbortSignal }
): Promise< number > {
	const kinds = parseRefusalOptions( argv );
	if ( ( await labStatus() ) !== undefined ) {
		throw new Error( 'The lab is up, and its provider is in use. First: npm run lab -- down' );
	}
	try {
		const { provider, servers, withoutServers } = await startMachines( kinds, { log, signal } );
		if ( servers.length === 0 ) {
			throw new Error( `There is no real server: ${ withoutServers }` );
		}
		log( 'Installing …' );
		const { caFile } = provider;
		const senders = await Promise.all( servers.map( ( server ) => openSender( server, { caFile, signal } ) ) );
		const played: Played[] = [];
		for ( const refusal of fortyRefusals() ) {
			signal.throwIfAborted();
			const here = await playRefusal( refusal, senders, provider );
			const told = here.map( ( { became, test, arrived } ) => `${ became }, ${ test }, arrived ${ arrived }` );
			log(
				`${ refusal.stage } ${ refusal.reply.slice( 0, 50 ).replaceAll( '\n', ' ' ) }: ${ told.join( ' | ' ) }`
			);
			played.push( ...here );
		}
		await Promise.all( senders.map( ( sender ) => sender.close() ) );
		console.log( renderRefusals( played ) );
		return played.every( ( one ) => isAsLabelled( one ) || isUnread( one ) ) ? 0 : 1;
	} finally {
		await takeDown( { log } );
	}
}

function parseRefusalOptions( args: string[] ): ServerKind[] {
	const { server } = parse( args );
	if ( server === undefined ) {
		return [ 'debian12', 'debian13' ];
	}
	if ( ! isServerKind( server ) ) {
		throw new UsageError( `--server ${ server }: debian12 or debian13.` );
	}
	return [ server ];
}

function parse( args: string[] ) {
	try {
		return parseArgs( { args, options: { server: { type: 'string' } } } ).values;
	} catch ( error ) {
		throw new UsageError( ( error as Error ).message );
	}
}
