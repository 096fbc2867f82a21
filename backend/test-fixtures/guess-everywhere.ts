import { saveDefaults } from './accounts.ts';
import { expect } from '@jest/globals';
import { endpoints, type EndpointName, type RequestOf } from '@email-gateway/shared';
import { usualBodies } from './contract-fields.ts';
import { guessed } from './guessed.ts';
import { hidden, normal, takesGuess, type Guess } from './guesses.ts';
import { connectServer, startBackend } from './test-backend.ts';
import { makeWatchedTools } from './watched-tools.ts';

export const customer = { login: 'customer', may: [ 'run_gateway', 'see_audit' ] } as const;
/** Whom the site owner gives everything but the default credentials. */
export const manager = {
	login: 'manager',
	may: [ 'manage_site', 'change_connection', 'run_gateway', 'see_audit' ],
} as const;

/** Each is the owner of the server that they try. */
const owns = ( userId: number ) => ( { userId, owner: userId } );

/** A backend that hides its defaults, and what it takes to guess them. */
export async function startGuessing() {
	let used: string[] = [];
	const backend = await startBackend( { tools: makeWatchedTools( ( use ) => used.push( use ) ) } );
	const site = await backend.site();
	const { password, ...rest } = hidden;
	const defaults = { ...rest, note: '', password: { use: 'typed', value: password } } as const;
	await saveDefaults( site, defaults );
	await site.call( 'offerIncludedGateway', { body: { customersMayUse: true } } );
	/** Which endpoints did something else than to turn somebody away, of those that took a guess. */
	const tried = new Set< EndpointName >();

	let servers = 0;
	async function newServer(): Promise< number > {
		const serverId = ++servers;
		await connectServer( site, serverId, { at: { host: `203.0.113.${ serverId }` } } );
		return serverId;
	}
	const ended = async ( serverId: number, asked: { body: { jobId?: string } } ) =>
		asked.body.jobId ? ( await site.untilEnded( serverId, asked.body.jobId ) ).job : null;

	const ofIncluded = async () => {
		const serverId = await newServer();
		const used_ = await site.call( 'useIncludedGateway', { serverId, actor: customer as never } );
		expect( await ended( serverId, used_ ) ).toMatchObject( { state: 'succeeded' } );
		return serverId;
	};

	/** Everything that somebody is answered who tries a guess at every endpoint that takes one, and all that is done. */
	async function transcriptOf(
		serverId: number,
		guess: Guess,
		who: typeof customer | typeof manager = customer
	): Promise< string[] > {
		const told: string[] = [];
		const ask = async < Name extends EndpointName >( name: Name, body?: unknown, jobId = '' ) => {
			const query = name === 'listServers' ? `?ids=${ serverId }` : '';
			const answer = await site.call( name, {
				serverId,
				jobId,
				query,
				body: body as RequestOf< Name >,
				// one person is answered six hundred times a minute, and asks for thirty jobs of a kind an hour
				actor: { ...who, login: `${ who.login }-${ serverId }`, ...owns( 1000 + serverId ) } as never,
			} );
			told.push( `${ name } ${ normal( answer, serverId, guess ) }` );
			return answer;
		};
		used = [];
		// what changes the most comes last
		const late = [
			...[ 'installGateway', 'useIncludedGateway', 'removeGateway' ],
			...[ 'trustHostKey', 'saveConnection', 'forgetServer' ],
		];
		// no guess fits into these, and one of them ends it all
		const left = /^(pairSite|confirmMove|rotateKey|endPairing|readJob|cancelJob)$/;
		const names = ( Object.keys( endpoints ) as EndpointName[] )
			.filter( ( name ) => ! left.test( name ) )
			// what is the site's own is another thing for each of the two that are compared
			.filter( ( name ) => who === customer || endpoints[ name ].path.includes( ':serverId' ) )
			.sort( ( a, b ) => late.indexOf( a ) - late.indexOf( b ) );
		for ( const name of names ) {
			const { method, request } = endpoints[ name ];
			for ( const body of method === 'GET' ? [ {} ] : usualBodies( request ) ) {
				const asked = guessed( body, guess );
				const { body: answer } = await ask( name, asked );
				if ( ( answer as { code?: string } ).code !== 'forbidden' && takesGuess( asked, guess ) ) {
					tried.add( name );
				}
				const jobId = ( answer as { jobId?: string } ).jobId;
				if ( jobId ) {
					await site.untilEnded( serverId, jobId );
					await ask( 'readJob', undefined, jobId );
				}
				await ask( 'readServer' );
			}
		}
		return [ ...told, `used ${ normal( used, serverId, guess ) }` ];
	}

	return { site, tried, newServer, ended, ofIncluded, transcriptOf, stop: () => backend.stop() };
}
export type Guessing = Awaited< ReturnType< typeof startGuessing > >;
