import { setTimeout as pause } from 'node:timers/promises';
import { layText } from '../sites/lay.ts';
import { onSite, type LabSite } from '../sites/site.ts';
import type { Reachable } from '../servers/ssh.ts';
import { shellOn } from '../servers/ssh.ts';
import { listOf, type Mail } from './mails.ts';

export interface Sender {
	site: LabSite;
	server: Reachable;
}

/**
 * Has a site send its mails, one after the other, by hand or by the cron that runs each minute. `list` names them on the
 * server.
 *
 * @return what wp_mail() said: the subjects that were taken
 */
export async function sendFrom(
	{ site, server }: Sender,
	mails: readonly Mail[],
	{ list, by, signal }: { list: string; by: 'hand' | 'cron'; signal: AbortSignal }
): Promise< string[] > {
	const path = `/var/www/${ site.domain }/${ list }`;
	await layText( server, listOf( mails ), { to: path, signal } );
	await shellOn( server, `chown ${ site.unixUser } ${ path }`, { signal } );
	const words = by === 'hand' ? `eval 'lab_send( "${ path }" );'` : `cron event schedule lab_send now --0=${ path }`;
	await onSite( server, site, words, { signal } );
	for ( const giveUpAt = Date.now() + 300_000; ;  ) {
		const said = ( await shellOn( server, `cat ${ path }.said 2>/dev/null || :`, { signal } ) )
			.trim()
			.split( '\n' );
		if ( said.at( -1 ) === 'end' ) {
			return said
				.filter( ( line ) => line.startsWith( 'taken ' ) )
				.map( ( line ) => line.split( ' ' ).at( -1 ) ?? '' );
		}
		if ( Date.now() > giveUpAt ) {
			throw new Error( `${ site.domain } has sent ${ said.length } of ${ mails.length } mails in five minutes.` );
		}
		await pause( 1000, undefined, { signal } );
	}
}
