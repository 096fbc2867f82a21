import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { addWebhook } from '../../test-fixtures/alert-channel.ts';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
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
