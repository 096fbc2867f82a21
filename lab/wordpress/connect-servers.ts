import type { Server } from '../servers/server.ts';
import { shellOn } from '../servers/ssh.ts';
import { writeState, type LabServer, type LabState } from '../state.ts';
import type { Log } from '../system/run.ts';
import { connectServer } from './connect-server.ts';
import { withRest } from './rest.ts';
import { ensureServerPost } from './server-post.ts';
import type { RunningWordPress } from './up.ts';

/**
 * Gives every server a post in WordPress, signs in to it and trusts its host key. The first server is the
 * administrator's, the last the customer's. Remembers the posts in the state.
 */
export async function connectServers(
	servers: Server[],
	{ state, wordpress, log }: { state: LabState; wordpress: RunningWordPress; log: Log }
): Promise< LabServer[] > {
	const { wp, url } = wordpress;
	const { adminUser, customerUser } = state.users;
	const connected: LabServer[] = [];
	if ( servers.length === 0 ) {
		return connected;
	}
	await withRest( { url, wp, user: adminUser }, async ( ask ) => {
		for ( const [ index, server ] of servers.entries() ) {
			const owner = index === servers.length - 1 ? 'customer' : 'admin';
			const key = `${ state.options.wordpress }:${ server.name }`;
			const author = owner === 'customer' ? customerUser : adminUser;
			const postId = await ensureServerPost( wp, { knownId: state.postIds[ key ], title: server.name, author } );
			state.postIds[ key ] = postId;
			writeState( state );
			log( `Connecting ${ server.name } …` );
			await connectServer( ask, postId, { ...server, shell: ( script ) => shellOn( server, script ) } );
			const { opsPassword: _left, ...shown } = server;
			connected.push( { ...shown, postId, owner } );
		}
	} );
	return connected;
}
