import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { keepOneRoute } from '../../test-fixtures/one-route.ts';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { cursorOf, keepPiece } from '../ledger/keep.ts';
import { rewriteAddresses } from '../ledger/rewrite-addresses.ts';

let backend: TestBackend;
let site: SiteClient;
const serverId = 51;
beforeAll( async () => {
	backend = await startBackend( { tools: makeFakeTools().tools } );
	site = await backend.site();
	await connectServer( site, serverId );
}, 120_000 );
afterAll( () => backend.stop() );

const ofServer = () =>
	backend.app.db.selectFrom( 'servers' ).selectAll().where( 'serverId', '=', serverId ).executeTakeFirstOrThrow();
let count = 0;
const held = ( sender: string ) => {
	const id = `4Bcd123DF${ 'BCDFGHJKLM'[ count++ % 10 ] }`;
	return [
		`pickup[7]: ${ id }: uid=1004 from=<${ sender }>`,
		`cleanup[7]: ${ id }: milter-hold: END-OF-MESSAGE from localhost[127.0.0.1]: milter triggers HOLD action; from=<a@localhost> to=<b@c.test>`,
	];
};
const refused = ( sender: string ) =>
	`smtpd[7]: NOQUEUE: reject: DATA from localhost[127.0.0.1]: 554 5.7.1 <DATA>: Data command rejected: This sender is not listed for this site (uid=1004); from=<${ sender }> to=<b@c.test> proto=SMTP helo=<a>`;

async function tell( events: readonly ( string | string[] )[] ) {
	const texts = events.flat();
	const { db } = backend.app;
	const { id } = await ofServer();
	const after = await cursorOf( db, id );
	const [ , day = '' ] = /^\w+ (\w+ \d+ )/.exec( new Date().toString() ) ?? [];
	const stamp = day.replace( / 0/, '  ' ) + new Date().toString().slice( 16, 24 );
	const lines = texts.map( ( text ) => `${ stamp } web1 postfix/${ text }` );
	const next = { head: 'file', position: after.position + 1 };
	const clock = { atMs: Date.now(), aheadMinutes: -new Date().getTimezoneOffset() };
	const piece = { after, follows: true, next, lines, isMore: false, clock, users: [] };
	await keepPiece( db, id, piece, { isUnshown: false, hash: ( text ) => text } );
}
const told = async ( actor?: object ) => {
	const { body } = await site.call( 'readSites', { serverId, ...( actor && { actor } ) } );
	const [ user ] = body.users;
	return ( user?.unlisted ?? [] ).map( ( { sender, held: h, refused: r } ) => [ sender, h, r ] ).sort();
};

test( 'a sender that is not listed is counted for its user, and told until it is listed', async () => {
	const { id, siteId } = await ofServer();
	await keepOneRoute( backend.app, { id, siteId, serverId } );
	await tell( [ held( 'x@elsewhere.test' ), refused( 'x@elsewhere.test' ), refused( 'y@site-4.test' ) ] );
	await tell( [ held( 'x@elsewhere.test' ) ] );
	// site-4.test is listed by now
	expect( await told() ).toEqual( [ [ 'x@elsewhere.test', 2, 1 ] ] );
} );

test( 'a customer is told where they may see the mail log, and not what was before they had the server', async () => {
	const customer = ( owner: number, more: string[] = [ 'see_mail_log' ] ) => ( {
		...{ login: 'customer', userId: owner, owner, may: [ 'run_gateway', ...more ] as never },
	} );
	expect( await told( customer( 7, [] ) ) ).toEqual( [] );
	expect( await told( customer( 7 ) ) ).toEqual( [ [ 'x@elsewhere.test', 2, 1 ] ] );
	expect( await told( customer( 8 ) ) ).toEqual( [] );
} );

test( 'where only domains are kept, so is the sender’s', async () => {
	// the former owner's went with them
	const { id, siteId } = await ofServer();
	await keepOneRoute( backend.app, { id, siteId, serverId } );
	await site.call( 'saveMailSettings', { body: { addresses: 'domains' } } );
	await tell( [ held( 'x@elsewhere.test' ), held( 'y@elsewhere.test' ) ] );
	await rewriteAddresses( backend.app.db, () => ( text ) => text );
	expect( await told() ).toEqual( [ [ '@elsewhere.test', 2, 0 ] ] );
} );

test( 'a site that writes ever other senders fills no table', async () => {
	await site.call( 'saveMailSettings', { body: { addresses: 'whole' } } );
	await tell( Array.from( { length: 300 }, ( _, n ) => refused( `x@d${ n }.test` ) ) );
	expect( await told() ).toHaveLength( 20 );
} );
