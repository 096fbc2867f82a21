import { expect, test } from '@jest/globals';
import { accountOf } from '../../test-fixtures/accounts.ts';
import { serverWithSites } from '../../test-fixtures/server-with-sites.ts';
import { settings } from '../../test-fixtures/test-backend.ts';
import type { Facts } from '../gateway/facts.ts';

const sites: Facts[ 'sites' ] = [
	{ uid: 1001, user: 'shop', folder: '/var/www/shop.test', domain: 'shop.test', environment: null },
];
let skipped: object = {};
const server = serverWithSites( {
	...{ serverId: 87, sites },
	fakes: { preflight: async () => ( { tlsVersion: 'TLSv1.3', certificateName: null, ...skipped } ) },
} );
const accounts = async () => ( await server.site().call( 'readAccounts' ) ).body.accounts;
const proved = async () => ( await accounts() )[ 0 ]?.proved?.by ?? null;
const unprove = () => server.app().db.updateTable( 'accounts' ).set( { provedAt: null, provedBy: null } ).execute();
const setRoute = async () =>
	server.call( 'setRoute', {
		...{ uid: 1001, senders: [ 'shop.test' ], account: { use: 'account', id: ( await accounts() )[ 0 ]?.id } },
	} );

test( 'whatever signs in with a saved account proves it: a route that is set, an install that signs in for it', async () => {
	await server.install();
	const account = accountOf( { ...settings, note: '' }, { name: 'Shop', isDefault: false } );
	await server.site().call( 'saveAccount', { body: { account } } );
	expect( [ await setRoute(), await proved() ] ).toMatchObject( [ { state: 'succeeded' }, 'sign_in' ] );
	await unprove();
	expect( [ await server.install(), await proved() ] ).toMatchObject( [ { state: 'succeeded' }, 'sign_in' ] );
} );

test( 'where the server forwards nothing, nobody was signed in with, and nothing is proved', async () => {
	skipped = { skipped: 'forwarding_forbidden' };
	await unprove();
	expect( [ await setRoute(), await proved() ] ).toMatchObject( [ { state: 'succeeded' }, null ] );
} );
