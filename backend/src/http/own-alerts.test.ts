import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Actor } from '@email-gateway/shared';
import { accountOf } from '../../test-fixtures/accounts.ts';
import { addOwnWebhook, addWebhook, webhookTo } from '../../test-fixtures/alert-channel.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

let backend: TestBackend;
let site: SiteClient;
const person = ( login: string, userId: number, owner = userId ): Partial< Actor > => ( {
	...{ login, userId, owner, may: [ 'run_gateway', 'see_mail_log' ], mail: `${ login }@example.org` },
} );
const [ anna, bert ] = [ person( 'anna', 11 ), person( 'bert', 12 ) ];
/** Anna's, Anna's, Bert's. */
const [ first, second, third ] = [ 1, 2, 3 ];

beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
	for ( const serverId of [ first, second, third ] ) {
		await connectServer( site, serverId );
		await site.call( 'readServer', { serverId, actor: serverId === third ? bert : anna } );
	}
}, 120_000 );
afterAll( () => backend.stop() );

const read = async ( serverId: number, actor: Partial< Actor > ) =>
	( await site.call( 'readOwnAlerts', { serverId, actor } ) ).body;
const forbidden = { status: 403, body: { code: 'forbidden' } };
const notFound = { status: 404, body: { code: 'not_found' } };

describe( 'the channels that an owner keeps', () => {
	let id = '';

	test( 'are the same at each of their servers, and nobody else’s: neither of another owner nor of the site', async () => {
		const { body } = await site.call( 'saveOwnChannel', {
			...{ serverId: first, actor: anna },
			body: { ...webhookTo( 'https://hooks.example.com/T0KEN' ), name: 'On call' },
		} );
		expect( body.signingSecret ).toMatch( /^whsec_/ );
		id = body.channels[ 0 ]?.id ?? '';
		const seen = await read( second, anna );
		expect( seen ).toMatchObject( {
			channels: [ { id, kind: 'webhook', name: 'On call', shown: 'hooks.example.com', owner: null } ],
			signingSecret: null,
		} );
		expect( JSON.stringify( seen ) + backend.logged() ).not.toContain( 'T0KEN' );
		expect( ( await read( third, bert ) ).channels ).toEqual( [] );
		expect( ( await site.call( 'readAlerts' ) ).body.channels ).toEqual( [] );
	} );

	test( 'are changed, tested and deleted by nobody else', async () => {
		for ( const [ name, body ] of [
			[ 'saveOwnChannel', { ...webhookTo( 'https://hooks.example.com/x' ), id } ],
			[ 'sendOwnTestAlert', { id } ],
			[ 'deleteOwnChannel', { id } ],
		] as const ) {
			expect( await site.call( name, { serverId: third, actor: bert, body } ) ).toMatchObject( notFound );
			// whom a team lets run it, and who manages the site
			for ( const other of [ { userId: 13 }, { may: undefined, userId: 1 } ] ) {
				const actor = {
					...anna,
					...other,
					...( other.userId === 1 ? { may: [ 'manage_site', 'run_gateway' ] } : {} ),
				};
				expect( await site.call( name, { serverId: first, actor: actor as never, body } ) ).toMatchObject(
					forbidden
				);
			}
		}
		for ( const [ name, body ] of [
			[ 'saveChannel', { ...webhookTo( 'https://hooks.example.com/x' ), id } ],
			[ 'sendTestAlert', { id } ],
			[ 'deleteChannel', { id } ],
		] as const ) {
			expect( await site.call( name, { body } ) ).toMatchObject( notFound );
		}
		expect( ( await read( first, anna ) ).channels ).toHaveLength( 1 );
	} );

	test( 'are not those that the site keeps for this owner', async () => {
		const { body } = await site.call( 'saveChannel', {
			body: { ...webhookTo( 'https://hooks.example.com/site' ), owner: 11 },
		} );
		const ofSite = { id: body.channels[ 0 ]?.id ?? '' };
		expect( ( await read( first, anna ) ).channels ).toHaveLength( 1 );
		const asked = { serverId: first, actor: anna, body: ofSite };
		expect( await site.call( 'deleteOwnChannel', asked ) ).toMatchObject( notFound );
		expect( await site.call( 'sendOwnTestAlert', asked ) ).toMatchObject( notFound );
		await site.call( 'deleteChannel', { body: ofSite } );
	} );

	test( 'are shown to nobody at a server of which nothing is known, nor to who only says that it is theirs', async () => {
		expect( await site.call( 'readOwnAlerts', { serverId: 77, actor: anna } ) ).toMatchObject( notFound );
		expect( await site.call( 'readOwnAlerts', { serverId: first, actor: { ...anna, userId: 12 } } ) ).toMatchObject(
			forbidden
		);
		expect( await site.call( 'readOwnAlerts', { serverId: first } ) ).toMatchObject( forbidden );
	} );

	test( 'lose what they lead to where something else turned one of the site into theirs', async () => {
		const ofSite = await addWebhook( site );
		const { db } = backend.app;
		await db.updateTable( 'alertChannels' ).set( { own: true, owner: 12 } ).where( 'id', '=', ofSite ).execute();
		expect( ( await read( third, bert ) ).channels ).toMatchObject( [ { id: ofSite, shown: '' } ] );
		await site.call( 'deleteOwnChannel', { serverId: third, actor: bert, body: { id: ofSite } } );
	} );

	test( 'are five at most, and take no place of the site’s', async () => {
		for ( let n = 0; n < 4; n++ ) {
			await addOwnWebhook( site, first, anna );
		}
		const body = webhookTo( 'https://hooks.example.com/sixth' );
		expect( await site.call( 'saveOwnChannel', { serverId: second, actor: anna, body } ) ).toMatchObject( {
			status: 409,
			body: { code: 'too_many_channels', data: { detail: { most: 5 } } },
		} );
		for ( let n = 0; n < 20; n++ ) {
			await addWebhook( site );
		}
		expect( ( await site.call( 'readAlerts' ) ).body.channels ).toHaveLength( 20 );
		await addOwnWebhook( site, third, bert );
	} );

	test( 'are tested ten times an hour each, whatever others test', async () => {
		const sendAs = async ( serverId: number, actor: Partial< Actor >, times: number ) => {
			const { channels } = await read( serverId, actor );
			const body = { id: channels[ 0 ]?.id ?? '' };
			const statuses = [];
			for ( let n = 0; n < times; n++ ) {
				statuses.push( ( await site.call( 'sendOwnTestAlert', { serverId, actor, body } ) ).status );
			}
			return statuses.filter( ( status ) => status === 202 ).length;
		};
		expect( [ await sendAs( first, anna, 6 ), await sendAs( second, anna, 6 ) ] ).toEqual( [ 6, 4 ] );
		expect( await sendAs( third, bert, 11 ) ).toBe( 10 );
		const ofSite = ( await site.call( 'readAlerts' ) ).body.channels[ 0 ]?.id ?? '';
		expect( ( await site.call( 'sendTestAlert', { body: { id: ofSite } } ) ).status ).toBe( 202 );
		const { message } = await backend.app.db
			.selectFrom( 'alertDeliveries' )
			.select( 'message' )
			.limit( 1 )
			.executeTakeFirstOrThrow();
		expect( message ).toMatchObject( {
			kind: 'test',
			link: `https://site.example.com/wp-admin/post.php?post=${ first }&action=edit`,
		} );
	} );
} );

test( 'email goes to the address of WordPress, by the site’s own account, of which nothing is shown', async () => {
	const email = { serverId: third, actor: bert, body: { id: null, name: '', target: { kind: 'email' as const } } };
	expect( ( await read( third, bert ) ).mail ).toBeNull();
	expect( await site.call( 'saveOwnChannel', email ) ).toMatchObject( notFound );
	const ofSite = ( await site.call( 'readAlerts' ) ).body.channels[ 0 ]?.id ?? '';
	await site.call( 'deleteChannel', { body: { id: ofSite } } );
	const account = accountOf( { ...settings, note: '' }, { name: 'Alerts', isDefault: false } );
	const { accounts } = ( await site.call( 'saveAccount', { body: { account } } ) ).body;
	const target = {
		...( { kind: 'email', to: 'ops@example.com', from: 'gateway@example.net' } as const ),
		account: String( accounts[ 0 ]?.id ),
	};
	await site.call( 'saveChannel', { body: { id: null, name: '', target } } );
	expect( ( await read( third, bert ) ).mail ).toBe( 'bert@example.org' );
	expect( ( await read( third, { ...bert, mail: 'no address' } ) ).mail ).toBeNull();
	const { body } = await site.call( 'saveOwnChannel', email );
	expect( body.channels.at( -1 ) ).toMatchObject( { kind: 'email', shown: 'bert@example.org', account: null } );
	const typed = { ...email.body, target: { kind: 'email', to: 'someone@example.com' } } as never;
	expect( await site.call( 'saveOwnChannel', { ...email, body: typed } ) ).toMatchObject( { status: 422 } );
	// what the account's provider says is not for them
	const id = body.channels.at( -1 )?.id ?? '';
	const { db } = backend.app;
	const { siteId } = await db.selectFrom( 'servers' ).select( 'siteId' ).executeTakeFirstOrThrow();
	const tried = { tries: 1, answer: 'SMTP 535', dueAt: new Date(), createdAt: new Date(), siteId };
	await db
		.insertInto( 'alertDeliveries' )
		.values( { id, channel: id, message: JSON.stringify( { kind: 'opened' } ) as never, ...tried } )
		.execute();
	expect( ( await read( third, bert ) ).channels.at( -1 ) ).toMatchObject( { lastDelivery: { answer: 'not_sent' } } );
} );
