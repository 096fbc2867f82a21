import { setTimeout as pause } from 'node:timers/promises';
import { run, tryRun } from './run.ts';

/** Where this machine gets Debian from; base addresses with a closing slash. */
export type DebianMirror = { main: string; security: string };

/** What each line of `apt-get indextargets` shall say. */
export const indexTargetFormat = '$(CREATED_BY)|$(ORIGIN)|$(COMPONENT)|$(RELEASE)|$(REPO_URI)';

/**
 * Finds the Debian mirror in what `apt-get indextargets --format` printed in indexTargetFormat.
 *
 * @throws when there is no Debian archive, or no security archive, among the sources
 */
export function parseIndexTargets( printed: string ): DebianMirror {
	const repositories = printed
		.split( '\n' )
		.map( ( line ) => {
			const [ kind, origin, component, release = '', uri = '' ] = line.split( '|' );
			return { kind, origin, component, release, uri };
		} )
		.filter( ( { kind, component } ) => kind === 'Packages' && component === 'main' )
		// Before the first `apt-get update` apt does not know the origin and repeats the placeholder.
		.filter( ( { origin } ) => origin === 'Debian' || origin === '$(ORIGIN)' )
		.filter( ( { uri } ) => /^https?:\/\//.test( uri ) );
	const security = repositories.find( ( { release } ) => release.endsWith( '-security' ) );
	const main = repositories.find( ( { release } ) => /^[a-z]+$/.test( release ) );
	if ( ! main || ! security ) {
		throw new Error( "apt's sources on this machine name no Debian archive with a security archive beside it." );
	}
	return { main: main.uri, security: security.uri };
}

/**
 * Asks apt on this machine for its Debian mirror.
 *
 * @throws when this machine's apt has none
 */
export async function debianMirror(): Promise< DebianMirror > {
	let isFresh = false;
	for ( let triesLeft = 10; ; triesLeft-- ) {
		const printed = await run( [ 'apt-get', 'indextargets', '--format', indexTargetFormat ] );
		try {
			return parseIndexTargets( printed );
		} catch ( error ) {
			if ( isFresh || triesLeft === 0 ) {
				throw error;
			}
			// apt only knows those of its sources whose lists it has: an image may come with a part of them
			isFresh = ( await tryRun( [ 'apt-get', '-q', 'update' ] ) ).code === 0;
			if ( ! isFresh ) {
				// another update runs, which a fresh machine starts by itself
				await pause( 2_000 );
			}
		}
	}
}

/** @return the proxy that this machine's apt uses for http, if any, such as `http://host:3128` */
export async function aptProxy(): Promise< string | undefined > {
	const { stdout } = await tryRun( [ 'apt-config', 'shell', 'PROXY', 'Acquire::http::Proxy' ] );
	return /^PROXY='(http:[^']+)'/.exec( stdout )?.[ 1 ];
}
