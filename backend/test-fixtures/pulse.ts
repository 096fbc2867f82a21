import { sql } from 'kysely';
import { tellDue } from '../src/alerts/tell.ts';
import { claimDue, watchInstalled } from '../src/db/watches.ts';
import type { GatewayError } from '../src/errors.ts';
import type { Facts } from '../src/gateway/facts.ts';
import { lookForPulse } from '../src/jobs/pulse.ts';
import type { LogCursor, LogPiece } from '../src/ledger/log-piece.ts';
import { addWebhook } from './alert-channel.ts';
import { bareFacts, makeFakeTools } from './fake-tools.ts';
import { factsOf } from './installed-facts.ts';
import { connectServer, settings, startBackend } from './test-backend.ts';

/** What a worker with nothing to do can take. */
export const places = { free: 8, mostOfSite: 8, held: [] };
const serverId = 81;
const never = new AbortController().signal;

/** What the server answers; a test changes it. */
interface Answers {
	/** As the installation left it. */
	installed: Facts;
	facts: Facts;
	unreachable: GatewayError | null;
	/** Called before the server answers, once it has let us in. */
	beforeAnswer(): void;
	/** Pieces of the log that the server tells, one after the other. */
	pieces: string[][];
}

function toolsFor( server: Answers ) {
	const pieceOf = ( lines: string[], after: LogCursor ): LogPiece => ( {
		...{ after, follows: true, next: { head: 'x', position: after.position + lines.length }, lines },
		...{ isMore: server.pieces.length > 0, clock: { atMs: Date.now(), aheadMinutes: 0 }, users: [] },
	} );
	const fake = makeFakeTools();
	return makeFakeTools( {
		connect: async ( ...args ) => {
			if ( server.unreachable ) {
				throw server.unreachable;
			}
			return fake.tools.connect( ...args );
		},
		look: async ( _remote, { log } ) => {
			server.beforeAnswer();
			const lines = server.pieces.shift();
			if ( log && lines ) {
				log.onPiece( pieceOf( lines, log.after ) );
			}
			return server.facts;
		},
		readLog: async ( _remote, after ) => {
			server.beforeAnswer();
			return pieceOf( server.pieces.shift() ?? [], after );
		},
		apply: async ( _remote, { desired } ) => {
			server.facts = server.installed = factsOf( desired );
			return { savedQueue: null };
		},
	} ).tools;
}

/** A site with one server, a gateway on it and a channel, looked at when a test says so. Ended with `backend.stop()`. */
export async function startPulse() {
	const server: Answers = {
		installed: bareFacts,
		facts: bareFacts,
		unreachable: null,
		pieces: [],
		beforeAnswer: () => {},
	};
	const backend = await startBackend( { tools: toolsFor( server ) } );
	const { app } = backend;
	const { db } = app;
	const site = await backend.site();
	await connectServer( site, serverId );
	const { body } = await site.call( 'installGateway', { serverId, body: { settings } } );
	await site.untilEnded( serverId, body.jobId );
	await addWebhook( site );

	/** As just installed, and never looked at. */
	async function reset(): Promise< void > {
		Object.assign( server, { facts: server.installed, unreachable: null, pieces: [], beforeAnswer: () => {} } );
		for ( const table of [ 'watches', 'alertDeliveries', 'incidents', 'alertThreads', 'alertHushes' ] as const ) {
			await db.deleteFrom( table ).execute();
		}
		await watchInstalled( db );
	}

	/** Seconds from the beginning of the last look to the next one. */
	let nextS: number | undefined;

	/** Makes the server due, and looks as the loop would. */
	async function look( lookForMs?: number ): Promise< void > {
		await sql`update watches set due_at = now(), claimed_until = null`.execute( db );
		const startedMs = Date.now();
		for ( const watch of await claimDue( db, places ) ) {
			await lookForPulse( app, watch, never, lookForMs );
		}
		const { dueAt } = ( await db.selectFrom( 'watches' ).select( 'dueAt' ).executeTakeFirst() ) ?? {};
		nextS = dueAt && Math.round( ( dueAt.getTime() - startedMs ) / 1000 );
		await tellDue( app, Date.now() );
	}

	/** What the screen shows of the server. */
	const view = async () => ( await site.call( 'readServer', { serverId } ) ).body;

	/** What the channel is told, in order: kind and trouble. */
	async function told(): Promise< string[] > {
		const rows = await db.selectFrom( 'alertDeliveries' ).select( 'message' ).orderBy( 'createdAt' ).execute();
		return rows.map( ( { message } ) => `${ message.kind } ${ message.trouble }` );
	}

	return { backend, db, server, reset, look, nextS: () => nextS, view, told };
}

export type Pulse = Awaited< ReturnType< typeof startPulse > >;
