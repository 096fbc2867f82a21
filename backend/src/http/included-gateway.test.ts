import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EndpointName, RequestOf, TestResult } from '@email-gateway/shared';
import { bareFacts, fakeFingerprint, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import {
	connection,
	connectServer,
	settings,
	startBackend,
	type TestBackend,
} from '../../test-fixtures/test-backend.ts';
import { holdServer } from '../db/servers.ts';
import { changeConnection } from '../db/change-server.ts';
import { GatewayError } from '../errors.ts';
import type { Tools } from '../jobs/tools.ts';

const hidden = { smtpServer: 'smtp.hidden.example', userName: 'hidden-user', sendingDomain: 'hidden-domain.example' };
const defaults = {
	...settings,
	...hidden,
	note: 'hidden-note',
	password: { use: 'typed', value: 'hidden-secret' },
} as const;
const reply = '535 hidden-user is not welcome at smtp.hidden.example (certificate of hidden-domain.example)';
const proof: TestResult = {
	outcome: 'refused',
	from: 'a@customer.example',
	to: 'b@customer.example',
	diagnosis: { cause: 'wrong_credentials', enhancedCode: '5.7.8', reply, stage: 'AUTH' },
	queueId: '4ABC',
	relay: 'smtp.hidden.example[203.0.113.9]:587',
	tlsVersion: 'TLSv1.3',
	certificateName: 'smtp.hidden.example',
	handOverMs: 10,
	answerMs: 100,
	log: [ reply ],
};

let backend: TestBackend;
let site: SiteClient;
/** What the servers of the test that runs now do otherwise. */
let now: Partial< Tools > = {};
const { tools } = makeFakeTools();
const proxy = new Proxy( {} as Tools, {
	get: ( _target, name: keyof Tools ) => now[ name ] ?? tools[ name ],
} );
beforeAll( async () => {
	backend = await startBackend( { tools: proxy } );
	site = await backend.site();
	await site.call( 'saveDefaults', { body: { defaults } } );
}, 120_000 );
afterAll( () => backend.stop() );

/** Everything a customer was answered. */
const received: string[] = [];
async function asCustomer< Name extends EndpointName >(
	name: Name,
	options: { serverId: number; jobId?: string; body?: RequestOf< Name >; query?: string }
) {
	const answer = await site.call( name, { ...options, actor: { login: 'customer', may: [ 'run_gateway' ] } } );
	received.push( JSON.stringify( answer ) );
	return answer;
}
/** Waits as the administrator, then reads as the customer. */
async function endOf( serverId: number, jobId: string ) {
	await site.untilEnded( serverId, jobId );
	await asCustomer( 'readServer', { serverId } );
	return ( await asCustomer( 'readJob', { serverId, jobId } ) ).body.job;
}
const offer = ( customersMayUse: boolean ) => site.call( 'offerIncludedGateway', { body: { customersMayUse } } );
const included = async ( serverId: number ) => ( await asCustomer( 'readServer', { serverId } ) ).body.gateway.included;

describe( 'the included gateway', () => {
	test( 'is off until the site owner offers it, and is offered by nobody else', async () => {
		await connectServer( site, 1 );
		expect( ( await site.call( 'readDefaults' ) ).body.customersMayUse ).toBe( false );
		expect( await included( 1 ) ).toBe( 'absent' );
		expect( await asCustomer( 'useIncludedGateway', { serverId: 1 } ) ).toMatchObject( { status: 403 } );
		expect(
			await asCustomer( 'offerIncludedGateway', { serverId: 1, body: { customersMayUse: true } } )
		).toMatchObject( { status: 403 } );
		expect( ( await offer( true ) ).body.customersMayUse ).toBe( true );
		expect( await included( 1 ) ).toBe( 'offered' );
	} );

	test( 'tells a customer none of its values, whatever they ask and whatever a server or provider says', async () => {
		now = {
			checkProvider: async () => {
				throw new GatewayError( 'provider_login_refused', { reply, host: 'hidden-user' } );
			},
		};
		const use = async () => ( await asCustomer( 'useIncludedGateway', { serverId: 1 } ) ).body.jobId;
		expect( ( await endOf( 1, await use() ) ).state ).toBe( 'failed' );
		now = {};
		expect( ( await endOf( 1, await use() ) ).error?.code ).toBe( 'verify_failed' );
		// the faked server cannot verify; from here on it is as after a verified apply
		await backend.app.db
			.updateTable( 'servers' )
			.set( ( { ref } ) => ( { installedVersion: ref( 'submittedVersion' ) } ) )
			.execute();
		expect( await included( 1 ) ).toBe( 'in_use' );

		const parameters = [ 'relayhost = [smtp.hidden.example]:587', 'myorigin = hidden-domain.example' ];
		now = {
			prove: async () => proof,
			look: async () => ( {
				...bareFacts,
				postfixVersion: '3.7.11',
				postfix: { ...bareFacts.postfix, parameters: parameters as never },
			} ),
		};
		const { to } = proof;
		// whether a From were refused or accepted would tell the sending domain
		for ( const from of [ `a@${ settings.sendingDomain }`, `a@${ defaults.sendingDomain }` ] ) {
			expect( await asCustomer( 'sendTestEmail', { serverId: 1, body: { from, to } } ) ).toMatchObject( {
				status: 409,
				body: { code: 'account_not_shown' },
			} );
		}
		const tested = await asCustomer( 'sendTestEmail', { serverId: 1, body: { to } } );
		expect( await endOf( 1, tested.body.jobId ) ).toMatchObject( {
			// the address of the sending domain that it goes out from is not told either
			result: {
				test: {
					outcome: 'refused',
					from: '',
					diagnosis: { cause: 'wrong_credentials', reply: '' },
					relay: null,
				},
			},
		} );
		for ( const name of [ 'previewChanges', 'checkSettings', 'installGateway' ] as const ) {
			for ( const password of [ settings.password, { use: 'saved' }, { use: 'default' } ] as const ) {
				const asked = await asCustomer( name, { serverId: 1, body: { settings: { ...settings, password } } } );
				if ( asked.status === 202 ) {
					await endOf( 1, asked.body.jobId );
				}
			}
		}
		await asCustomer( 'listServers', { serverId: 1, query: '?ids=1' } );
		await asCustomer( 'readDefaults', { serverId: 1 } );
		await asCustomer( 'readAudit', { serverId: 1 } );
		const removed = await asCustomer( 'removeGateway', { serverId: 1, body: {} } );
		await endOf( 1, removed.body.jobId );

		const everything = received.join( '\n' );
		expect( everything ).toContain( 'wrong_credentials' );
		expect( everything ).not.toMatch( /hidden/ );
		expect(
			JSON.stringify( ( await site.call( 'readJob', { serverId: 1, jobId: tested.body.jobId } ) ).body )
		).toContain( 'hidden-user' );
	}, 120_000 );

	test( 'ends where a customer changes the connection, and comes back only with a trust of the site owner’s', async () => {
		now = {};
		await connectServer( site, 2 );
		expect( await included( 2 ) ).toBe( 'offered' );
		const may = [ 'change_connection', 'run_gateway' ] as never;
		const save = async ( actor: object ) => {
			const { body } = await site.call( 'saveConnection', { serverId: 2, actor, body: { connection } } );
			await site.untilEnded( 2, body.jobId );
		};
		await save( { may } );
		expect( await included( 2 ) ).toBe( 'absent' );
		expect( await asCustomer( 'useIncludedGateway', { serverId: 2 } ) ).toMatchObject( { status: 403 } );
		// saved anew by the site owner, but the key was not compared by them
		await save( {} );
		expect( await included( 2 ) ).toBe( 'absent' );
		const trust = async ( actor: object ) => {
			const body = { fingerprint: fakeFingerprint };
			const trusted = await site.call( 'trustHostKey', { serverId: 2, actor, body } );
			await site.untilEnded( 2, trusted.body.jobId );
		};
		await trust( {} );
		expect( await included( 2 ) ).toBe( 'offered' );
		await trust( { may } );
		expect( await included( 2 ) ).toBe( 'absent' );
		await save( {} );
		await trust( {} );
		expect( await included( 2 ) ).toBe( 'offered' );
		await site.call( 'forgetServer', { serverId: 2, actor: { may } } );
		await save( { may } );
		await trust( {} );
		// whose connection it is counts as well as whose trust
		expect( await included( 2 ) ).toBe( 'absent' );
		await save( {} );
		await trust( {} );
		expect( await included( 2 ) ).toBe( 'offered' );
	}, 120_000 );

	test( 'does not reach a server that a customer pointed elsewhere while the install waited', async () => {
		await connectServer( site, 3 );
		const gate = Promise.withResolvers< void >();
		now = {
			connect: async ( ...target ) => {
				await gate.promise;
				return tools.connect( ...target );
			},
		};
		const { body } = await asCustomer( 'useIncludedGateway', { serverId: 3 } );
		const { db, vault } = backend.app;
		const { siteId } = await db
			.selectFrom( 'servers' )
			.select( 'siteId' )
			.where( 'serverId', '=', 3 )
			.executeTakeFirstOrThrow();
		await db.transaction().execute( async ( tx ) => {
			const server = await holdServer( tx, vault, { siteId, serverId: 3 } );
			await changeConnection( tx, vault, server, { mayHaveDefaults: false } );
		} );
		gate.resolve();
		const { job } = await site.untilEnded( 3, body.jobId );
		expect( job ).toMatchObject( { state: 'failed' } );
	}, 120_000 );

	test( 'is no longer offered once the site owner takes it back', async () => {
		now = {};
		await offer( false );
		expect( await included( 2 ) ).toBe( 'absent' );
		expect( await asCustomer( 'useIncludedGateway', { serverId: 2 } ) ).toMatchObject( { status: 403 } );
	} );

	test( 'stays where it is installed, and stays withheld, once it is taken back', async () => {
		await connectServer( site, 4 );
		await offer( true );
		await endOf( 4, ( await asCustomer( 'useIncludedGateway', { serverId: 4 } ) ).body.jobId );
		await backend.app.db
			.updateTable( 'servers' )
			.set( ( { ref } ) => ( { installedVersion: ref( 'submittedVersion' ) } ) )
			.where( 'serverId', '=', 4 )
			.execute();
		expect( await included( 4 ) ).toBe( 'in_use' );
		await offer( false );
		expect( await included( 4 ) ).toBe( 'withdrawn' );
		expect( await asCustomer( 'useIncludedGateway', { serverId: 4 } ) ).toMatchObject( { status: 403 } );
		expect( received.join( '\n' ) ).not.toMatch( /hidden/ );
	}, 120_000 );
} );
