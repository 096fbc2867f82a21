import { parseArgs } from 'node:util';
import { oneOf, UsageError } from '../options.ts';
import { readState, writeState } from '../state.ts';
import { labStatus } from '../status.ts';
import type { Log } from '../system/run.ts';
import { checkDomain, makeSite, unixUserOf, wordPressVersions, type LabSite, type WordPressVersion } from './site.ts';

export interface SiteWish {
	server: string;
	domain: string;
	wordpress: WordPressVersion;
}

/**
 * `npm run lab -- site --server NAME --domain DOMAIN [--wordpress 7.1|6.8]`: makes a WordPress on a server of the lab
 * that is up, and prints it. Returns the exit code.
 */
export async function addSite( argv: string[], context: { log: Log; signal: AbortSignal } ): Promise< number > {
	const wish = parseSiteOptions( argv );
	const status = await labStatus();
	if ( status === undefined ) {
		throw new Error( 'The lab is down. First: npm run lab -- up' );
	}
	const server = status.servers.find( ( { name } ) => name === wish.server );
	if ( server === undefined ) {
		const names = status.servers.map( ( { name } ) => name ).join( ', ' );
		throw new UsageError( `There is no server ${ wish.server }: choose from ${ names }.` );
	}
	refuseSharedUser( wish, status.sites );
	const site = await makeSite( server, wish, context );
	const state = readState();
	if ( state !== undefined ) {
		const others = ( state.sites ?? [] ).filter(
			( one ) => one.server !== site.server || one.domain !== site.domain
		);
		writeState( { ...state, sites: [ ...others, site ] } );
	}
	console.log( JSON.stringify( site, null, '\t' ) );
	return 0;
}

/** Two long domains may begin alike; a user of its own is what a site of the lab promises. */
function refuseSharedUser( { server, domain }: SiteWish, sites: readonly LabSite[] ): void {
	const other = sites.find(
		( site ) => site.server === server && site.domain !== domain && site.unixUser === unixUserOf( domain )
	);
	if ( other !== undefined ) {
		throw new UsageError( `${ domain } would have the same Unix user as ${ other.domain }: ${ other.unixUser }.` );
	}
}

/** Throws UsageError. */
export function parseSiteOptions( argv: string[] ): SiteWish {
	const { server, domain, wordpress = '7.1' } = parse( argv );
	if ( server === undefined || domain === undefined ) {
		throw new UsageError( 'A site wants --server NAME and --domain DOMAIN.' );
	}
	try {
		checkDomain( domain );
	} catch ( error ) {
		throw new UsageError( ( error as Error ).message );
	}
	return { server, domain, wordpress: oneOf( 'wordpress', wordpress, wordPressVersions ) };
}

function parse( args: string[] ): { server?: string; domain?: string; wordpress?: string } {
	const string = { type: 'string' } as const;
	try {
		return parseArgs( { args, options: { server: string, domain: string, wordpress: string } } ).values;
	} catch ( error ) {
		throw new UsageError( ( error as Error ).message );
	}
}
