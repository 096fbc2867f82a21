import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { addOwnWebhook, addWebhook } from '../../test-fixtures/alert-channel.ts';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makeSending } from './sending.ts';

jest.setTimeout( 240_000 );

let backend: TestBackend;
let silent: Server;
const sockets: Socket[] = [];
beforeAll( async () => {
	backend = await startBackend( { tools: makeFakeTools().tools } );
	silent = createServer( ( socket ) => void sockets.push( socket ) );
	await new Promise< void >( ( done ) => silent.listen( 0, '127.0.0.1', done ) );
} );
afterAll( async () => {
	sockets.forEach( ( socket ) => socket.destroy() );
	silent.close();
	await backend.stop();
} );

test( 'however many alerts of one site wait, those of another are tried with the first of them', async () => {
	const many = await backend.site( { siteUrl: 'https://many.example.com' } );
	const other = await backend.site( { siteUrl: 'https://other.example.com' } );
	const [ first, second ] = [ await addWebhook( many ), await addWebhook( other ) ];
	for ( let n = 0; n < 12; n++ ) {
		await many.call( 'sendTestAlert', { body: { id: first }, actor: { login: `person ${ n % 2 }` } } );
	}
	await other.call( 'sendTestAlert', { body: { id: second } } );
	const { port } = silent.address() as AddressInfo;
	const sending = makeSending( backend.app, { receiver: { address: '127.0.0.1', port, ca: '' } } );
	await sending.sendDue();
	// those that are waited for hold the places of their site
	await sending.sendDue();
	await sending.ended();
	const tried = await backend.app.db
		.selectFrom( 'alertDeliveries' )
		.innerJoin( 'sites', 'sites.id', 'siteId' )
		.select( [ 'url', ( { fn } ) => fn.countAll< string >().as( 'tried' ) ] )
		.where( 'tries', '>', 0 )
		.groupBy( 'url' )
		.orderBy( 'url' )
		.execute();
	expect( tried.map( ( row ) => [ row.url, Number( row.tried ) ] ) ).toEqual( [
		[ 'https://many.example.com', 2 ],
		[ 'https://other.example.com', 1 ],
	] );
} );

test( 'receivers of owners that say nothing hold none of the site’s places, and those of one owner not all of theirs', async () => {
	const { db } = backend.app;
	await db.deleteFrom( 'alertDeliveries' ).execute();
	const shop = await backend.site( { siteUrl: 'https://shop.example.com' } );
	const ask = async ( owner: number, times: number ) => {
		const actor = { userId: owner, owner, login: `owner ${ owner }`, may: [ 'run_gateway' as const ] };
		await connectServer( shop, owner );
		await shop.call( 'readServer', { serverId: owner, actor } );
		const id = await addOwnWebhook( shop, owner, actor, `https://hooks.example.com/${ owner }` );
		for ( let n = 0; n < times; n++ ) {
			await shop.call( 'sendOwnTestAlert', { serverId: owner, actor, body: { id } } );
		}
	};
	await ask( 21, 9 );
	await ask( 22, 1 );
	await ask( 23, 1 );
	await shop.call( 'sendTestAlert', { body: { id: await addWebhook( shop ) } } );
	const { port } = silent.address() as AddressInfo;
	const sending = makeSending( backend.app, { receiver: { address: '127.0.0.1', port, ca: '' } } );
	await sending.sendDue();
	await sending.sendDue();
	await sending.ended();
	const tried = await db
		.selectFrom( 'alertDeliveries' )
		.innerJoin( 'alertChannels', 'alertChannels.id', 'channel' )
		.select( [ 'own', 'owner' ] )
		.where( 'tries', '>', 0 )
		.orderBy( 'owner' )
		.execute();
	expect( tried ).toEqual( [
		{ own: true, owner: 21 },
		{ own: true, owner: 22 },
		{ own: false, owner: null },
	] );
} );
