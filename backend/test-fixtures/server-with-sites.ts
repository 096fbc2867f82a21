// Only for tests: a whole backend, and one server on which sites lie. What was written there is found by the next look.
import { afterAll, beforeAll } from '@jest/globals';
import type { Facts } from '../src/gateway/facts.ts';
import { Secret } from '../src/vault/secret.ts';
import { bareFacts, makeFakeTools } from './fake-tools.ts';
import { factsOf } from './installed-facts.ts';
import type { SiteClient } from './site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from './test-backend.ts';

type Asked =
	| ( 'installGateway' | 'removeGateway' | 'pauseSite' | 'resumeSite' | 'capSite' | 'previewDoors' | 'changeDoors' )
	| ( 'setRoute' | 'removeRoute' | 'routeOthers' | 'previewSandbox' | 'turnOnSandbox' | 'turnOffSandbox' );

interface Options {
	/** A post id that no other test of the file uses. */
	serverId: number;
	sites: Facts[ 'sites' ];
	/** What else the server does; `apply` is told in `onApply`. */
	fakes?: Parameters< typeof makeFakeTools >[ 0 ];
	onApply?: () => void;
}

/** To be called where tests are told: it starts before the first of them, and ends after the last. */
export function serverWithSites( { serverId, sites, fakes, onApply }: Options ) {
	let backend: TestBackend;
	let site: SiteClient;
	const server = {
		/** By path; with master.cf and main.cf. */
		files: new Map< string, string >(),
		facts: { ...bareFacts, sites } as Facts,
		/** What is written there is not what a look finds. */
		isBroken: false,
		app: () => backend.app,
		site: () => site,
		ended: async ( jobId: string ) => ( await site.untilEnded( serverId, jobId ) ).job,
		/** The job once it has ended; or why the call was refused. */
		async call( name: Asked, body: object = {} ) {
			const answer = await site.call( name, { serverId, body: body as never } );
			return 'jobId' in answer.body ? server.ended( answer.body.jobId ) : answer.body;
		},
		install: () => server.call( 'installGateway', { settings } ),
		told: async ( actor?: object ) =>
			( await site.call( 'readSites', { serverId, ...( actor && { actor: actor as never } ) } ) ).body,
	};
	beforeAll( async () => {
		const { tools } = makeFakeTools( {
			look: async () => server.facts,
			async apply( _remote, { desired } ) {
				onApply?.();
				const written = desired.files.map(
					( { name, content } ) => [ name, content instanceof Secret ? content.reveal() : content ] as const
				);
				server.files = new Map( [
					...written,
					...( [
						[ 'main.cf', desired.mainCf( 1 ) ],
						[ 'master.cf', desired.masterCf ],
					] as const ),
				] );
				server.facts = server.isBroken ? server.facts : { ...factsOf( desired ), sites };
				return { savedQueue: null };
			},
			...fakes,
		} );
		backend = await startBackend( { tools } );
		site = await backend.site();
		await connectServer( site, serverId );
	}, 120_000 );
	afterAll( () => backend.stop() );
	return server;
}
