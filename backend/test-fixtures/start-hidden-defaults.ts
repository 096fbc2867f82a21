import { saveDefaults } from './accounts.ts';
import type { EndpointName, RequestOf } from '@email-gateway/shared';
import type { Tools } from '../src/jobs/tools.ts';
import { makeFakeTools } from './fake-tools.ts';
import { defaults } from './hidden-defaults.ts';
import { startBackend } from './test-backend.ts';

/** A backend with default credentials that customers are not shown. */
export async function startWithHiddenDefaults() {
	const { tools } = makeFakeTools();
	const proxy = new Proxy( {} as Tools, {
		get: ( _target, name: keyof Tools ) => play.now[ name ] ?? tools[ name ],
	} );
	const backend = await startBackend( { tools: proxy } );
	const site = await backend.site();
	await saveDefaults( site, defaults );

	async function asCustomer< Name extends EndpointName >(
		name: Name,
		options: { serverId: number; jobId?: string; body?: RequestOf< Name >; query?: string }
	) {
		const answer = await site.call( name, { ...options, actor: { login: 'customer', may: [ 'run_gateway' ] } } );
		play.received.push( JSON.stringify( answer ) );
		return answer;
	}
	const play = {
		...{ backend, site, tools, asCustomer },
		/** What the servers of the test that runs now do otherwise. */
		now: {} as Partial< Tools >,
		/** Everything a customer was answered. */
		received: [] as string[],
		/** Waits as the administrator, then reads as the customer. */
		async endOf( serverId: number, jobId: string ) {
			await site.untilEnded( serverId, jobId );
			await asCustomer( 'readServer', { serverId } );
			return ( await asCustomer( 'readJob', { serverId, jobId } ) ).body.job;
		},
		offer: ( customersMayUse: boolean ) => site.call( 'offerIncludedGateway', { body: { customersMayUse } } ),
		included: async ( serverId: number ) =>
			( await asCustomer( 'readServer', { serverId } ) ).body.gateway.included,
	};
	return play;
}
export type HiddenDefaults = Awaited< ReturnType< typeof startWithHiddenDefaults > >;
