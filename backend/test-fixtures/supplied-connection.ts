import { saveDefaults } from './accounts.ts';
import type { Actor, SuppliedConnection } from '@email-gateway/shared';
import type { Tools } from '../src/jobs/tools.ts';
import { fakeFingerprint, makeFakeTools } from './fake-tools.ts';
import { settings, startBackend } from './test-backend.ts';

export const secret = 'THE-KEY-OF-THE-PANEL';
export const connection: SuppliedConnection = {
	from: 'wpclouddeploy',
	host: '203.0.113.7',
	sshPort: 22,
	sshUser: 'root',
	privateKey: `-----BEGIN PRIVATE KEY-----\n${ secret }\n-----END PRIVATE KEY-----\n`,
	passphrase: 'its-passphrase',
};
export const moved = { ...connection, host: '203.0.113.99' };
export const customer: Partial< Actor > = { login: 'customer', may: [ 'run_gateway' ] };

/** A backend whose site sends the connection of another plugin along. */
export async function startSupplied() {
	const proxy = new Proxy( {} as Tools, { get: ( _target, name ) => play.fake.tools[ name as keyof Tools ] } );
	const backend = await startBackend( { tools: proxy } );
	const site = await backend.site();
	await saveDefaults( site, { ...settings, note: '' } );
	const { db } = backend.app;

	const play = {
		...{ backend, site },
		/** The servers of the test that runs now. */
		fake: makeFakeTools(),
		async check( serverId: number, supplied = connection, actor: Partial< Actor > = {} ) {
			const { body } = await site.call( 'checkConnection', { serverId, connection: supplied, actor } );
			return ( await site.untilEnded( serverId, body.jobId ) ).job;
		},
		async trust( serverId: number, supplied = connection, actor: Partial< Actor > = {} ) {
			const body = { fingerprint: fakeFingerprint };
			const answer = await site.call( 'trustHostKey', { serverId, body, connection: supplied, actor } );
			return answer.status === 202 ? ( await site.untilEnded( serverId, answer.body.jobId ) ).job : answer;
		},
		rowOf: ( serverId: number ) =>
			db.selectFrom( 'servers' ).selectAll().where( 'serverId', '=', serverId ).executeTakeFirstOrThrow(),
		/** The secrets of jobs and of connections that are kept now. */
		sealed: async () =>
			( await db.selectFrom( 'secrets' ).selectAll().execute() ).filter(
				( { tableName: table, field } ) =>
					table === 'jobs' || ( table === 'servers' && field !== 'managed_key' )
			),
	};
	return play;
}
export type Supplied = Awaited< ReturnType< typeof startSupplied > >;
