import { sql } from 'kysely';
import type { App } from '../src/app.ts';
import { keepOnBackup, onBackup } from '../src/db/on-backup.ts';
import { keepRoutes, routesOn } from '../src/db/routes.ts';

/** What is kept of a server and its backup becomes older by so many hours. */
export async function passHours(
	app: Pick< App, 'db' | 'secrets' >,
	serverId: number,
	hours: number
): Promise< void > {
	const { db } = app;
	const ago = sql`make_interval(secs => ${ hours * 3600 })`;
	await sql`update jobs set created_at = created_at - ${ ago }, finished_at = finished_at - ${ ago }`.execute( db );
	await sql`update sign_in_checks set at = at - ${ ago }`.execute( db );
	await sql`update accounts set proved_at = proved_at - ${ ago }`.execute( db );
	const server = await db
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'serverId', '=', serverId )
		.executeTakeFirstOrThrow();
	const active = await onBackup( app, server );
	const before = ( time: string ) => new Date( Date.parse( time ) - hours * 3_600_000 ).toISOString();
	if ( active ) {
		await keepOnBackup( app, server, { ...active, since: before( active.since ) } );
	}
	await sql`update waiting_of_routes set since = since - ${ ago }, last_at = last_at - ${ ago }`.execute( db );
	const { without, routes } = await routesOn( app, server );
	const older = routes.map( ( { onBackup: of, ...route } ) => ( {
		...{ ...route, accountAt: before( route.accountAt ?? route.at ) },
		onBackup: of && { ...of, since: before( of.since ) },
	} ) );
	await keepRoutes( app, server, { without, routes: older } );
}
