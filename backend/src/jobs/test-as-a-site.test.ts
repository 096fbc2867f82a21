import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestResult } from '@email-gateway/shared';
import { accountOf } from '../../test-fixtures/accounts.ts';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import { routeTyped } from '../../test-fixtures/one-route.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Facts } from '../gateway/facts.ts';
import type { TestMail } from '../programs/prove.ts';

const serverId = 92;
const found = ( uid: number, user: string | null ) => ( {
	...{ uid, user, folder: `/var/www/${ uid }.test`, domain: null, environment: null },
} );
const sites: Facts[ 'sites' ] = [
	...[ found( 1001, 'typed' ), found( 1002, 'saved' ), found( 1003, 'without' ), found( 1004, null ) ],
	found( 33, 'www-data' ),
];
const customer = { login: 'customer', userId: 7, owner: 7, may: [ 'run_gateway', 'see_mail_log' ] as never };
const ofSaved = { smtpServer: 'smtp.saved.test', userName: 'saved@saved.test' };

let backend: TestBackend;
let site: SiteClient;
let facts: Facts = { ...bareFacts, sites };
let asked: TestMail | null = null;
let told: Partial< TestResult > = {};

beforeAll( async () => {
	const { tools } = makeFakeTools( {
		look: async () => facts,
		apply: async ( _remote, { desired } ) => {
			facts = { ...factsOf( desired ), sites };
			return { savedQueue: null };
		},
		async prove( _remote, mail ) {
			asked = mail;
			return {
				...{ outcome: 'accepted', from: mail.from, to: mail.to, queueId: 'ABCDEF', relay: ofSaved.smtpServer },
				...{ tlsVersion: null, certificateName: null, handOverMs: 1, answerMs: 1, log: [] },
				diagnosis: { cause: 'accepted', enhancedCode: null, reply: '250 2.0.0 Ok', stage: null },
				...told,
			} as TestResult;
		},
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
	await connectServer( site, serverId );
	await ended( await site.call( 'installGateway', { serverId, body: { settings } } ) );
	const account = accountOf(
		{ ...settings, ...ofSaved, note: '' },
		{ id: null, name: 'The saved one', isDefault: false, password: { use: 'typed', value: 'first' } }
	);
	const { accounts } = ( await site.call( 'saveAccount', { body: { account } } ) ).body;
	const route = ( body: object ) => site.call( 'setRoute', { serverId, body: body as never } );
	await ended( await route( { uid: 1001, ...routeTyped, senders: [ 'typed.test', 'a@b.test' ] } ) );
	await ended(
		await route( {
			...{ uid: 1002, account: { use: 'account', id: accounts[ 0 ]?.id }, senders: [ 'saved.test' ] },
			sendAs: 'one@saved.test',
		} )
	);
}, 120_000 );
afterAll( () => backend.stop() );

const ended = async ( { body }: { body: object } ) =>
	( await site.untilEnded( serverId, ( body as { jobId: string } ).jobId ) ).job;
const ask = ( body: object, actor?: object ) =>
	site.call( 'sendTestEmail', { serverId, body: { to: 'you@example.org', ...body }, ...( actor && { actor } ) } );
const send = async ( body: object, result: Partial< TestResult > = {} ) => {
	told = result;
	const job = await ended( await ask( body ) );
	return job.result?.verb === 'send_test_email' ? job.result.test : job.error;
};
const gateway = async () => ( await site.call( 'readServer', { serverId } ) ).body.gateway;
const proved = async () => ( await site.call( 'readAccounts' ) ).body.accounts[ 0 ]?.proved;

test( 'as a site it is of the sender and the account of its route, and the gateway is not what was proved', async () => {
	expect( await send( { uid: 1001 } ) ).toMatchObject( {
		...{ outcome: 'accepted', from: 'wordpress@typed.test' },
		sentAs: {
			...{ uid: 1001, user: 'typed', hasRoute: true },
			account: { name: null, smtpServer: 'smtp.example.org', userName: 'site-3@example.org' },
		},
	} );
	expect( asked ).toMatchObject( { uid: 1001, rules: { routes: { list: [ { number: 1 }, { number: 2 } ] } } } );
	expect( ( await gateway() ).lastTest ).toBeNull();
	expect( ( await gateway() ).state ).toBe( 'installed' );
} );

test( 'a saved account of a route is proved by what its provider accepts', async () => {
	await backend.app.db.updateTable( 'accounts' ).set( { provedAt: null, provedBy: null } ).execute();
	await send( { uid: 1002 }, { outcome: 'held', heldBy: 'pause' } );
	expect( await proved() ).toBeNull();
	expect( await send( { uid: 1002 } ) ).toMatchObject( {
		from: 'one@saved.test',
		sentAs: { hasRoute: true, account: { name: 'The saved one', ...ofSaved } },
	} );
	expect( await proved() ).toMatchObject( { by: 'test_email' } );
} );

test( 'a site without a route is of the account of the gateway', async () => {
	expect( await send( { uid: 1003 } ) ).toMatchObject( {
		from: 'wordpress@example.com',
		sentAs: { user: 'without', hasRoute: false, account: { name: null, smtpServer: settings.smtpServer } },
	} );
} );

test( 'the server’s own goes as who sends what WordPress sends, or as nobody where that user has a route', async () => {
	expect( await send( {} ) ).not.toHaveProperty( 'sentAs' );
	expect( asked?.uid ).toBeNull();
	const before = ( await gateway() ).lastTest;
	expect( before ).toMatchObject( { outcome: 'accepted' } );
	// what was proved before stays
	await send( {}, { outcome: 'held', heldBy: 'other' } );
	expect( ( await gateway() ).lastTest ).toEqual( before );
	const body = { uid: 33, ...routeTyped, senders: [ 'all.test' ] };
	await ended( await site.call( 'setRoute', { serverId, body } ) );
	await send( {} );
	expect( asked?.uid ).toBe( 65_534 );
} );

test.each( [
	[ 'a sender that its route does not list', { uid: 1001, from: 'a@sub.typed.test' }, 'not_a_sender' ],
	[ 'a sender of the gateway', { uid: 1001, from: 'a@example.com' }, 'not_a_sender' ],
	[ 'a sender of another domain, without a route', { uid: 1003, from: 'a@typed.test' }, 'not_in_sending_domain' ],
	[ 'root', { uid: 0 }, 'invalid' ],
] )( 'it is not sent as %s', async ( _, body, problem ) => {
	expect( await ask( body ) ).toMatchObject( {
		status: 422,
		body: { code: 'invalid_request', data: { fields: [ { problem } ] } },
	} );
} );

test( 'any listed sender is one, in any case', async () => {
	expect( await send( { uid: 1001, from: 'A@B.test' } ) ).toMatchObject( { from: 'A@B.test' } );
	expect( await send( { uid: 1001, from: 'x@Typed.test' } ) ).toMatchObject( { from: 'x@Typed.test' } );
} );

test.each( [
	[ 'whom nothing tells of', 4711, 'unknown' ],
	[ 'without a name', 1004, 'no_name' ],
] )( 'a user %s is told as that, also for a route', async ( _, uid, reason ) => {
	const refused = { status: 404, body: { code: 'unix_user_unknown', data: { detail: { uid, reason } } } };
	expect( await ask( { uid } ) ).toMatchObject( refused );
	expect( await site.call( 'setRoute', { serverId, body: { uid, ...routeTyped } } ) ).toMatchObject( refused );
	expect( await site.call( 'checkRoute', { serverId, body: { uid, ...routeTyped } } ) ).toMatchObject( refused );
} );

test( 'who is not shown the account of a route is not shown it by a test either', async () => {
	told = {};
	const { body } = await ask( { uid: 1002 }, customer );
	const { jobId } = body as { jobId: string };
	await ended( { body } );
	const job = ( await site.call( 'readJob', { serverId, jobId, actor: customer } ) ).body;
	expect( job.job.result ).toMatchObject( {
		test: { outcome: 'accepted', sentAs: { user: 'saved', hasRoute: true, account: null } },
	} );
	expect( JSON.stringify( job ) ).not.toMatch( /smtp\.saved\.test|saved@saved|The saved one/ );
	expect( await site.call( 'readServer', { serverId, actor: customer } ) ).not.toMatchObject( {
		body: { job: { result: { test: { relay: ofSaved.smtpServer } } } },
	} );
} );

test( 'the record says as whom', async () => {
	const { entries } = ( await site.call( 'readAudit', { serverId } ) ).body;
	expect( entries.map( ( { detail } ) => detail ) ).toContainEqual( {
		...{ verb: 'send_test_email', jobId: expect.any( String ), user: 'saved' },
	} );
} );
