import { sql } from 'kysely';
import type { AlertMessage, AlertTrouble, WaitingReason, Whose } from '@email-gateway/shared';
import { tellDue } from '../src/alerts/tell.ts';
import { endIncident, keepIncident, keyOf } from '../src/db/incidents.ts';
import { topicOf } from '../src/incidents/key.ts';
import { webhookTo } from './alert-channel.ts';
import { connectServer, startBackend } from './test-backend.ts';

export const hourMs = 3_600_000;
/** Post ids; owners 7 and 8. */
const owners = { 11: 7, 12: 7, 13: 8 } as const;
export const hostOf = ( id: number ) => `web${ id }.example.com`;

const settings = { smtpServer: 'smtp.provider.example', userName: 'me@example.com' };
const waitingFor = ( whose: Whose, count = 5 ): WaitingReason =>
	( {
		...{ cause: 'provider_in_trouble', whose, passes: true, stands: false, reply: '451 secret words', count },
		...{ route: null, since: 0, lastAt: 0, looks: 1 },
	} ) as const;

/** Three servers of two owners, and three channels: of all servers, and of those of each owner. Ended with `backend.stop()`. */
export async function startTelling() {
	const backend = await startBackend();
	const site = await backend.site();
	const { app } = backend;
	const { db } = app;
	/** Ids, by name. */
	const channels: Record< string, string > = {};
	for ( const [ id, owner ] of Object.entries( owners ) ) {
		await connectServer( site, Number( id ), { at: { host: hostOf( Number( id ) ) } } );
		await sql`update servers set owner = ${ owner }, installed_version = 1 where server_id = ${ Number(
			id
		) }`.execute( db );
	}
	await sql`insert into watches (server, state) select id, 'right' from servers`.execute( db );
	for ( const [ name, owner ] of Object.entries( { all: null, seven: 7, eight: 8 } ) ) {
		const { body } = await site.call( 'saveChannel', {
			body: { ...webhookTo( 'https://hooks.example.com/in' ), name, owner },
		} );
		channels[ name ] = body.channels.at( -1 )?.id ?? '';
	}
	const rowOf = async ( serverId: number ) =>
		db.selectFrom( 'servers' ).selectAll().where( 'serverId', '=', serverId ).executeTakeFirstOrThrow();

	/** As before the first trouble; servers and channels stay. */
	async function reset(): Promise< void > {
		for ( const table of [ 'alertDeliveries', 'incidents', 'alertThreads', 'alertHushes' ] as const ) {
			await db.deleteFrom( table ).execute();
		}
		await sql`update watches set state = 'right'`.execute( db );
	}

	async function opens( serverId: number, trouble: AlertTrouble, whose: Whose | null = null ): Promise< void > {
		const { id: server, siteId } = await rowOf( serverId );
		const reasons = whose ? [ waitingFor( whose ) ] : [];
		const topic = topicOf( trouble, { server, reasons, settings } );
		await keepIncident( db, {
			...{ siteId, server, kind: 'gateway', trouble, seenAt: new Date( Date.now() - hourMs ) },
			key: keyOf( app.vault, topic ),
			detail: { waiting: 5, reasons, ...( 'host' in topic ? { provider: topic.host } : {} ) },
		} );
	}
	async function ends( serverId: number, delivered = 0 ): Promise< void > {
		const { id: server, siteId } = await rowOf( serverId );
		await endIncident( db, { siteId, server, kind: 'gateway' }, delivered );
	}

	/** What each channel is told by a turn, after so many hours. */
	async function told( hours = 0 ): Promise< Record< string, AlertMessage > > {
		await db.deleteFrom( 'alertDeliveries' ).execute();
		await tellDue( app, Date.now() + hours * hourMs );
		const rows = await db.selectFrom( 'alertDeliveries' ).select( [ 'channel', 'message' ] ).execute();
		return Object.fromEntries(
			rows.map( ( { channel, message } ) => [
				Object.keys( channels ).find( ( name ) => channels[ name ] === channel ),
				message,
			] )
		);
	}
	const kinds = async ( hours = 0 ) =>
		Object.fromEntries( Object.entries( await told( hours ) ).map( ( [ name, { kind } ] ) => [ name, kind ] ) );

	return { backend, db, site, channels, providerHost: settings.smtpServer, rowOf, reset, opens, ends, told, kinds };
}

export type Telling = Awaited< ReturnType< typeof startTelling > >;
