import { join } from 'node:path';
import type { LabState } from '../state.ts';
import { labPath } from '../system/paths.ts';
import { bringUp } from '../up.ts';
import { withRest, type Ask } from '../wordpress/rest.ts';
import { ensureServerPost } from '../wordpress/server-post.ts';
import { startWordPress } from '../wordpress/up.ts';
import type { WpCli } from '../wordpress/wp-cli.ts';
import type { BenchContext } from './figures.ts';

export interface Site {
	status: NonNullable< LabState[ 'status' ] >;
	wp: WpCli;
	/** The post of a server that was given a name and nothing else. */
	serverId: number;
	/** Signs in to the plugin's REST API as the administrator, for the length of the work. */
	throughWordPress< Result >( work: ( ask: Ask ) => Promise< Result > ): Promise< Result >;
}

/** A WordPress paired with a backend on PostgreSQL, as in production, and no real server. */
export async function startSite( { log, signal }: BenchContext ): Promise< Site > {
	const { status, users } = await bringUp( { servers: [], database: 'postgres' }, { log, signal } );
	if ( status === undefined ) {
		throw new Error( 'The lab came up without a status.' );
	}
	const database = { kind: 'sqlite', dir: join( labPath, 'wordpress-sqlite' ) } as const;
	const { wp, url } = await startWordPress( { database, users, log, signal } );
	const post = { knownId: undefined, title: 'A server', author: users.adminUser };
	const serverId = await ensureServerPost( wp, post );
	return { status, wp, serverId, throughWordPress: ( work ) => withRest( { url, wp, user: users.adminUser }, work ) };
}
