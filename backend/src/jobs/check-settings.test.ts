import { saveDefaults } from '../../test-fixtures/accounts.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CheckedSettings, SenderCheck } from '@email-gateway/shared';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { PreflightInput } from '../mail/preflight.ts';
import { json } from '../db/tables.ts';

const seen: CheckedSettings = {
	port: 587,
	ports: [
		{ port: 587, state: 'silent', ipv4: 'silent', ipv6: null, speaks: null },
		{ port: 2525, state: 'open', ipv4: 'open', ipv6: null, speaks: 'starttls' },
	],
	tls: null,
	login: 'not_tried',
	problem: { code: 'provider_port_blocked', detail: { host: settings.smtpServer, cause: 'port_blocked', reply: '' } },
	skipped: null,
	openPorts: [ 2525 ],
	sender: null,
};
const sender: SenderCheck = {
	domain: 'example.com',
	verdict: 'fails',
	spf: { state: 'not_needed', record: null, lookups: null },
	dkim: { state: 'missing', selectors: [ 'resend' ] },
	dmarc: { state: 'missing', policy: null, at: null },
	toAdd: [],
};
const asked: PreflightInput[] = [];
let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	const { tools } = makeFakeTools( {
		checkProvider: async ( _remote, input ) => {
			asked.push( input );
			return seen;
		},
		checkSender: async () => sender,
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
	await connectServer( site, 1 );
}, 120_000 );
afterAll( () => backend.stop() );

const asCustomer = { actor: { may: [ 'run_gateway' ] as never } };
const check = async ( password: object = settings.password, more: object = {} ) =>
	site.call( 'checkSettings', { serverId: 1, body: { settings: { ...settings, password } as never }, ...more } );

describe( 'Check Settings', () => {
	test( 'tells everything that was seen, also where mail would not go', async () => {
		const { body } = await check();
		const { job, events } = await site.untilEnded( 1, body.jobId );
		expect( job ).toMatchObject( {
			state: 'succeeded',
			error: null,
			result: { verb: 'check_settings', ...seen, sender },
		} );
		expect( events ).toContainEqual(
			expect.objectContaining( { type: 'step_failed', step: 'preflight', detail: expect.anything() } )
		);
		expect( asked.at( -1 )?.password.reveal() ).toBe( settings.password.value );
	} );

	test( 'keeps nothing: neither settings nor the typed password', async () => {
		const { body } = await check();
		await site.untilEnded( 1, body.jobId );
		expect( ( await site.call( 'readServer', { serverId: 1 } ) ).body.gateway ).toMatchObject( {
			submitted: null,
			passwordSaved: false,
		} );
		const secrets = await backend.app.db.selectFrom( 'secrets' ).selectAll().execute();
		expect( JSON.stringify( secrets ) ).not.toContain( body.jobId );
		expect( backend.logged() ).not.toContain( settings.password.value );
	} );

	test( 'sends a saved password nowhere it was not saved for', async () => {
		expect( await check( { use: 'saved' } ) ).toMatchObject( {
			status: 422,
			body: { code: 'password_required' },
		} );
	} );

	test( 'lets a customer look at public addresses and mail ports only', async () => {
		const { body } = await check( settings.password, asCustomer );
		await site.untilEnded( 1, body.jobId );
		expect( asked.at( -1 )?.reach ).toMatchObject( { mayReachLocalAddresses: false } );
	} );

	test( 'does not tell a customer what was seen with the defaults', async () => {
		await saveDefaults( site, settings );
		const { body } = await check( { use: 'default' } );
		await site.untilEnded( 1, body.jobId );
		const told = await site.call( 'readJob', { serverId: 1, jobId: body.jobId, ...asCustomer } );
		expect( told.body.job.result ).toEqual( {
			...seen,
			...{ verb: 'check_settings', port: 0, ports: [], openPorts: [] },
			problem: { code: 'provider_port_blocked', detail: { cause: 'port_blocked' } },
		} );
		expect( JSON.stringify( told.body ) ).not.toContain( settings.smtpServer );
	} );
} );

describe( 'within an hour', () => {
	const person = ( login: string ) => ( { login, may: [ 'run_gateway' ] } ) as never;
	const tried = ( login: string, userName: string ) =>
		site.call( 'checkSettings', {
			serverId: 1,
			body: { settings: { ...settings, userName } },
			actor: person( login ),
		} );
	const refusal = { status: 429, body: { code: 'too_many_requests', data: { detail: { anHour: 30 } } } };
	/** As if that job had been asked for, and had ended, so many more times. */
	async function repeat( jobId: string, times: number, { by, on = 1 }: { by: string; on?: number } ) {
		const { db } = backend.app;
		const row = await db.selectFrom( 'jobs' ).selectAll().where( 'id', '=', jobId ).executeTakeFirstOrThrow();
		const { siteId, verb, identity, digest, createdAt } = row;
		const asked = {
			...{ siteId, serverId: on, verb, identity, digest, createdAt },
			state: 'succeeded',
			request: json( row.request ),
			askedBy: json( { ...row.askedBy, login: by } ),
		} as const;
		await db
			.insertInto( 'jobs' )
			.values( Array.from( { length: times }, () => ( { ...asked, id: randomUUID() } ) ) )
			.execute();
	}
	const anHourLater = () =>
		backend.app.db
			.updateTable( 'jobs' )
			.set( { createdAt: new Date( Date.now() - 3601_000 ) } )
			.execute();

	test( 'nobody tries more than thirty sign-ins, and no account is tried without end by many', async () => {
		const { body } = await tried( 'first', 'account-1' );
		await site.untilEnded( 1, body.jobId );
		await repeat( body.jobId, 29, { by: 'first' } );
		expect( await tried( 'first', 'account-2' ) ).toMatchObject( refusal );
		const second = await tried( 'second', 'account-1' );
		expect( second.status ).toBe( 202 );
		await site.untilEnded( 1, second.body.jobId );

		await repeat( body.jobId, 29, { by: 'third' } );
		expect( await tried( 'second', 'Account-1' ) ).toMatchObject( refusal );
		expect( ( await tried( 'second', 'account-2' ) ).status ).toBe( 202 );

		await anHourLater();
		expect( ( await tried( 'first', 'account-1' ) ).status ).toBe( 202 );
	} );

	test( 'nobody sends more than thirty test emails, on however many servers', async () => {
		await backend.app.db.updateTable( 'servers' ).set( { installedVersion: 1 } ).execute();
		const sent = ( login: string ) => {
			const mail = { from: 'a@example.com', to: 'b@example.com' };
			return site.call( 'sendTestEmail', { serverId: 1, body: mail, actor: person( login ) } );
		};
		const { body } = await sent( 'first' );
		await repeat( body.jobId, 29, { by: 'first', on: 2 } );
		expect( await sent( 'first' ) ).toMatchObject( refusal );
		expect( ( await sent( 'second' ) ).status ).toBe( 202 );
		await anHourLater();
		expect( ( await sent( 'first' ) ).status ).toBe( 202 );
	} );
} );
