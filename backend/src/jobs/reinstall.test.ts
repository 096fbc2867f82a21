import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestResult } from '@email-gateway/shared';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Facts } from '../gateway/facts.ts';

const accepted: TestResult = {
	...{ outcome: 'accepted', from: 'wordpress@example.com', to: 'you@example.org', queueId: 'ABCDEF', relay: null },
	...{ tlsVersion: null, certificateName: null, handOverMs: 1, answerMs: 1, log: [] },
	diagnosis: { cause: 'accepted', enhancedCode: null, reply: '250 2.0.0 Ok', stage: null },
};

let backend: TestBackend;
let site: SiteClient;
let facts: Facts = bareFacts;
let proved = accepted;

const ended = async ( { body }: { body: { jobId: string } } ) =>
	expect( ( await site.untilEnded( 91, body.jobId ) ).job.error ).toBeNull();
const install = async ( changes: { smtpPort?: number } = {} ) =>
	ended( await site.call( 'installGateway', { serverId: 91, body: { settings: { ...settings, ...changes } } } ) );
const prove = async () =>
	ended( await site.call( 'sendTestEmail', { serverId: 91, body: { to: 'you@example.org' } } ) );
const stopPostfix = () => {
	facts = { ...facts, postfix: { ...facts.postfix, running: false }, listens: [] };
};
const state = async () => ( await site.call( 'readServer', { serverId: 91 } ) ).body.gateway.state;

beforeAll( async () => {
	const { tools } = makeFakeTools( {
		look: async () => facts,
		apply: async ( _remote, { desired } ) => {
			facts = factsOf( desired );
			return { savedQueue: null };
		},
		prove: async () => proved,
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
	await connectServer( site, 91 );
	await install();
}, 120_000 );
afterAll( () => backend.stop() );

test( 'what was proved stays proved where only the server had come to differ', async () => {
	await prove();
	expect( await state() ).toBe( 'working' );
	stopPostfix();
	await install();
	expect( await state() ).toBe( 'working' );
}, 60_000 );

test( 'other settings are to be proved again', async () => {
	await install( { smtpPort: 465 } );
	expect( await state() ).toBe( 'installed' );
}, 60_000 );

test( 'a refusal may have come of what was mended', async () => {
	proved = { ...accepted, outcome: 'refused' };
	await prove();
	expect( await state() ).toBe( 'refused' );
	stopPostfix();
	await install( { smtpPort: 465 } );
	expect( await state() ).toBe( 'installed' );
}, 60_000 );
