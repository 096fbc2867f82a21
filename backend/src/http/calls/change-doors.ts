import { closableUsers } from '../../db/closable-users.ts';
import { refuseUnshown } from '../../db/settings.ts';
import type { Server } from '../../db/servers.ts';
import type { Db } from '../../db/tables.ts';
import type { App } from '../../app.ts';
import { GatewayError } from '../../errors.ts';
import { onReadyServer } from '../../jobs/on-server.ts';
import { refuseWithoutGateway } from '../../servers/gateway-there.ts';
import { accepted } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** What closing the side doors of these users would change. */
export const previewDoors: Call< 'previewDoors' > = async ( app, { uids }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		await refuseUnshown( tx, server, caller );
		return { request: { verb: 'preview_doors', users: await usersOf( app, tx, { server, uids } ) } };
	} );
	return accepted( job );
};

/** Closes the side doors of these users, and opens all others. */
export const changeDoors: Call< 'changeDoors' > = async ( app, { uids }, caller ) => {
	const job = await onReadyServer( app, caller, async ( tx, server ) => {
		refuseWithoutGateway( server );
		return { request: { verb: 'change_doors', users: await usersOf( app, tx, { server, uids } ) } };
	} );
	return accepted( job );
};

async function usersOf( { secrets }: App, db: Db, { server, uids }: { server: Server; uids: readonly number[] } ) {
	const users = await closableUsers( { db, secrets }, server, uids );
	if ( users.length < new Set( uids ).size ) {
		throw new GatewayError( 'not_found' );
	}
	return users;
}
