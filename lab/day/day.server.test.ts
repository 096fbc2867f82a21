import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MailEntry } from '@email-gateway/shared';
import type { Server } from '../../backend/src/db/servers.ts';
import { followLog } from '../../backend/src/jobs/follow-log.ts';
import { realTools } from '../../backend/src/jobs/tools.ts';
import { cursorOf } from '../../backend/src/ledger/keep.ts';
import type { LogPiece } from '../../backend/src/ledger/log-piece.ts';
import { logsOf, namesOf } from '../../backend/src/ledger/logs.ts';
import { withRoutes } from '../../backend/src/ledger/routes.ts';
import { recipientOf } from '../../backend/src/ledger/rows.ts';
import { flush } from '../../backend/src/programs/flush.ts';
import { look } from '../../backend/src/programs/look.ts';
import { install, password, removeIfThere, say } from '../../backend/src/programs/test-gateway.ts';
import type { Remote } from '../../backend/src/ssh/remote.ts';
import { connectTo, testServers } from '../../backend/src/ssh/test-servers.ts';
import { startBackend, type TestBackend } from '../../backend/test-fixtures/test-backend.ts';
import { labNetwork } from '../network/addresses.ts';
import { startProvider, type Provider } from '../provider/start.ts';
import { makeSite, type LabSite } from '../sites/site.ts';
import { labPath } from '../system/paths.ts';
import { controlProvider, type ProviderControl } from '../torture/provider-control.ts';
import { compare, isMissed } from './compare.ts';
import { byDay, fates, inTheEvening } from './fates.ts';
import { mailsOf, type Mail } from './mails.ts';
import { sendFrom } from './send.ts';

jest.setTimeout( 240_000 );

const signal = AbortSignal.timeout( 600_000 );
const [ server ] = testServers();
if ( server === undefined ) {
	throw new Error( 'There is no server.' );
}
// a row that nothing refers to: what is kept of the log needs its id only
const row = {
	id: randomUUID(),
	siteId: randomUUID(),
	serverId: 1,
	submittedVersion: null,
	installedVersion: null,
} as Server;
const user = 'day@example.test';
let backend: TestBackend;
let remote: Remote;
let provider: ProviderControl;
let site: LabSite;

beforeAll( async () => {
	backend = await startBackend( { withWorker: false } );
	remote = await connectTo( server, signal );
	await removeIfThere( remote );
	await say( remote, 'rm -rf /var/log/email-gateway' );
	const started: Provider = await startProvider( labNetwork( labPath ) );
	provider = controlProvider( { ...started, user } );
	await provider.setPassword( password.reveal() );
	await install( remote, undefined, { userName: user, caCertificate: readFileSync( started.caFile, 'utf8' ) } );
	site = await makeSite( server, { domain: 'sample.day.test' }, { log: () => {}, signal } );
} );
afterAll( async () => {
	await provider.heal();
	await removeIfThere( remote );
	await say(
		remote,
		`rm -rf /etc/cron.d/site-sample_day_test /var/www/sample.day.test /var/lib/email-gateway-saved-queue-*
		userdel ${ site.unixUser }`
	);
	remote.close();
	await backend.stop();
} );

/** As the pulse does: one look that brings a piece, and more while there is more. */
async function readOn(): Promise< void > {
	let first: LogPiece | null = null;
	const after = await cursorOf( backend.app.db, row.id );
	await look( remote, { signal, log: { after, onPiece: ( piece ) => ( first = piece ) } } );
	await followLog(
		{ db: backend.app.db, vault: backend.app.vault, tools: realTools },
		{ server: row, remote, signal },
		first
	);
}

/** As the screen is told, without what depends on the person. */
async function entries(): Promise< MailEntry[] > {
	const { db } = backend.app;
	const [ log ] = await logsOf( db, [ row.id ] );
	const names = await namesOf( db, [ log?.id ?? 0 ] );
	return ( await withRoutes( db ).execute() ).map( ( one ) => {
		const { tls: tlsVersion, dsn: enhancedCode, ...recipient } = recipientOf( one );
		const { queueId, origin, sender, fromDomain, bytes } = one;
		const told = { queueId, origin, sender, fromDomain, bytes, at: one.at.toISOString(), triedAt: null };
		return {
			...{ ...recipient, tlsVersion, enhancedCode, ...told, serverId: 1 },
			site: one.uid === null ? null : names.get( `${ one.log } ${ one.uid }` ) ?? String( one.uid ),
		};
	} );
}

test( 'an hour of a real WordPress is told as it was sent and as the provider answered, mail by mail', async () => {
	await provider.fail( byDay );
	const sent: Mail[] = [];
	const taken: string[] = [];
	const send = async ( part: string, count: number ) => {
		const mails = mailsOf( part, { sites: [ site.domain ], count } );
		sent.push( ...mails );
		taken.push( ...( await sendFrom( { site, server }, mails, { list: part, by: 'hand', signal } ) ) );
	};
	await send( 'sample-a', 30 );
	await readOn();
	// nobody reads while the log is rotated
	await say( remote, 'logrotate -f /etc/logrotate.d/email-gateway' );
	await send( 'sample-b', 10 );
	await provider.fail( inTheEvening );
	await flush( remote, { signal } );
	await say(
		remote,
		`postqueue -j | grep '@${ fates.held.domain }"' | sed 's/.*"queue_id": "\\([^"]*\\)".*/\\1/' | postsuper -h - 2>/dev/null`
	);
	for ( let turn = 0; turn < 30; turn++ ) {
		await readOn();
		if ( ( await entries() ).every( ( { outcome } ) => outcome !== 'queued' && outcome !== 'waiting' ) ) {
			break;
		}
		await sleep( 500 );
	}
	const { db } = backend.app;
	const counts = await db.selectFrom( 'mailCounts' ).selectAll().where( 'per', '=', 'day' ).execute();
	const rows = compare( {
		...{ sent, taken, unanswered: [], entries: await entries(), users: { [ site.domain ]: site.unixUser } },
		accounts: { [ site.domain ]: user },
		counts: counts.map( ( { at, outcome, messages } ) => ( {
			...{ serverId: null, from: at.toISOString(), site: null, outcome, messages },
		} ) ),
		gaps: ( await db.selectFrom( 'mailGaps' ).selectAll().execute() ).length,
		inbox: ( await provider.messages() ).filter( ( { authUser } ) => authUser === user ),
	} );
	expect( rows.filter( isMissed ) ).toEqual( [] );
} );
