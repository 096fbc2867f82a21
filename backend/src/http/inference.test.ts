import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { endpoints, type EndpointName, type RequestOf, type TestResult } from '@email-gateway/shared';
import fc from 'fast-check';
import { usualBodies } from '../../test-fixtures/contract-fields.ts';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Facts } from '../gateway/facts.ts';
import { factsAfter, freshFacts } from '../gateway/test-facts.ts';
import type { Tools } from '../jobs/tools.ts';

jest.setTimeout( 300_000 );

// What a person is not shown is not told by a number, a code, a cause or a difference either: whatever they guess,
// everything that they are answered is the same, and so is everything that is done.

const hidden = {
	smtpServer: 'smtp.hidden.example',
	smtpPort: 2525,
	userName: 'hidden-user',
	sendingDomain: 'hidden-domain.example',
	password: 'hidden-secret',
};
type Guess = typeof hidden;
const wrong: Guess = {
	smtpServer: 'smtp.other.example',
	smtpPort: 587,
	userName: 'other-user',
	sendingDomain: 'other.example',
	password: 'other-secret',
};
const test250: TestResult = {
	outcome: 'accepted',
	from: '',
	to: 'b@example.com',
	diagnosis: { cause: 'accepted', enhancedCode: '2.0.0', reply: '250 ok', stage: null },
	...{ queueId: '4ABC', relay: 'smtp.hidden.example[203.0.113.9]:587', tlsVersion: 'TLSv1.3' },
	...{ certificateName: 'smtp.hidden.example', handOverMs: 1, answerMs: 1, log: [] },
};

let backend: TestBackend;
let site: SiteClient;
/** What is on each server, by its host, and which of our tools were used on it. */
const found = new Map< string, Facts >();
let used: string[] = [];
const { tools, remote } = makeFakeTools();
const on = ( given: object ) => ( given as { host: string } ).host;
const fakes: Tools = {
	...tools,
	async connect( target, options ) {
		await tools.connect( target, options );
		return { ...remote, host: target.host } as typeof remote;
	},
	look: async ( given ) => found.get( on( given ) ) ?? freshFacts,
	async apply( given, { desired } ) {
		found.set( on( given ), factsAfter( desired ) );
		return { savedQueue: null };
	},
	async remove( given ) {
		found.delete( on( given ) );
		return { restored: null, savedQueue: null };
	},
	prove: async () => test250,
};
const watched = new Proxy( fakes, {
	get: ( target, name: keyof Tools ) =>
		( ( ...given: never[] ) => {
			// asked where, too; the guess is among the rest
			used.push( `${ name } ${ on( given[ 0 ] ?? {} ) ?? '' }` );
			return ( target[ name ] as ( ...all: never[] ) => unknown )( ...given );
		} ) as never,
} );
beforeAll( async () => {
	backend = await startBackend( { tools: watched } );
	site = await backend.site();
	const { password, ...rest } = hidden;
	const defaults = { ...rest, note: '', password: { use: 'typed', value: password } } as const;
	await site.call( 'saveDefaults', { body: { defaults } } );
	await site.call( 'offerIncludedGateway', { body: { customersMayUse: true } } );
} );
afterAll( () => backend.stop() );

let servers = 0;
async function newServer(): Promise< number > {
	const serverId = ++servers;
	await connectServer( site, serverId, { at: { host: `203.0.113.${ serverId }` } } );
	return serverId;
}
const ended = async ( serverId: number, asked: { body: { jobId?: string } } ) =>
	asked.body.jobId ? ( await site.untilEnded( serverId, asked.body.jobId ) ).job : null;
const customer = { login: 'customer', may: [ 'run_gateway', 'see_audit' ] } as const;
/** Whom the site owner gives everything but the default credentials. */
const manager = {
	login: 'manager',
	may: [ 'manage_site', 'change_connection', 'run_gateway', 'see_audit' ],
} as const;
/** Which endpoints did something else than to turn somebody away, of those that took a guess. */
const tried = new Set< EndpointName >();

/** The body with the guess in every field where one can be. */
function guessed( body: unknown, guess: Guess ): unknown {
	if ( body === null || typeof body !== 'object' ) {
		return body;
	}
	if ( Array.isArray( body ) ) {
		return [];
	}
	return Object.fromEntries(
		Object.entries( body ).map( ( [ name, value ] ) => {
			if ( name === 'password' && value.use === 'typed' ) {
				return [ name, { ...value, value: guess.password } ];
			}
			if ( name === 'caCertificate' ) {
				return [ name, null ];
			}
			// in the mail log these are times
			if ( [ 'from', 'to', 'address', 'rootMail' ].includes( name ) && String( value ).includes( '@' ) ) {
				return [ name, `site@${ guess.sendingDomain }` ];
			}
			if ( name === 'serverHostname' && typeof value === 'string' ) {
				return [ name, guess.smtpServer ];
			}
			const isGuess = [ 'smtpServer', 'smtpPort', 'userName', 'sendingDomain' ].includes( name );
			return [ name, isGuess ? guess[ name as keyof Guess ] : guessed( value, guess ) ];
		} )
	);
}

/** Without what is new each time, whoever asks; a guess that is repeated to who made it is the same guess. */
const normal = ( value: unknown, serverId: number, guess: Guess ) => {
	const text = JSON.stringify( value )
		.replace( /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID' )
		.replace( /\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME' )
		.replaceAll( `203.0.113.${ serverId }"`, 'HOST"' )
		.replace( /ssh-ed25519 [A-Za-z0-9+/]+ [a-z0-9-]+/g, 'KEY' )
		.replace( /"id":\d+/g, '"id":N' )
		.replace( /(customer|manager)-\d+/g, '$1' )
		.replaceAll( `"serverId":${ serverId }`, '"serverId":N' );
	return Object.entries( guess ).reduce(
		( told, [ name, own ] ) => told.replaceAll( String( own ), `GUESSED ${ name }` ),
		text
	);
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
			actor: { ...who, login: `${ who.login }-${ serverId }`, userId: 1000 + serverId } as never,
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

/** Whether a value of the guess is in it. */
const takesGuess = ( body: unknown, guess: Guess ): boolean =>
	Object.values( guess ).some( ( value ) =>
		JSON.stringify( body ).includes( JSON.stringify( value ).replaceAll( '"', '' ) )
	);

/** Right in some of the fields. */
const partlyRight = fc
	.subarray( Object.keys( hidden ) as ( keyof Guess )[], { minLength: 1 } )
	.map(
		( right ) =>
			( { ...wrong, ...Object.fromEntries( right.map( ( name ) => [ name, hidden[ name ] ] ) ) } ) as Guess
	);

const ofIncluded = async () => {
	const serverId = await newServer();
	const used_ = await site.call( 'useIncludedGateway', { serverId, actor: customer as never } );
	expect( await ended( serverId, used_ ) ).toMatchObject( { state: 'succeeded' } );
	return serverId;
};

test( 'a guess at the included gateway is answered alike, however right it is', async () => {
	await fc.assert(
		fc.asyncProperty( partlyRight, async ( guess ) => {
			const [ one, other ] = [ await ofIncluded(), await ofIncluded() ];
			expect( await transcriptOf( one, guess ) ).toEqual( await transcriptOf( other, wrong ) );
		} ),
		{ numRuns: 2, examples: [ [ hidden ] ] }
	);
} );

test( 'a guess by someone who manages the site, and not the defaults, is answered alike', async () => {
	const [ one, other ] = [ await ofIncluded(), await ofIncluded() ];
	expect( await transcriptOf( one, hidden, manager ) ).toEqual( await transcriptOf( other, wrong, manager ) );
} );

test( 'each endpoint that takes a guess, and is not for who manages the defaults alone, was tried', () => {
	const taking = ( Object.keys( endpoints ) as EndpointName[] ).filter( ( name ) => {
		const { access, request } = endpoints[ name ];
		const bodies = usualBodies( request ).map( ( body ) => guessed( body, hidden ) );
		return (
			! [ 'public', 'manage_defaults' ].includes( access ) &&
			// an account of its own, which is compared with nothing that anybody saved
			name !== 'saveChannel' &&
			// addresses of people in the site's own log, for who manages the site: refused to customers above
			! [ 'readAddress', 'eraseAddress' ].includes( name ) &&
			bodies.some( ( body ) => takesGuess( body, hidden ) )
		);
	} );
	expect( taking.length ).toBeGreaterThan( 0 );
	expect( [ ...tried ].sort() ).toEqual( taking.sort() );
} );

test( 'a guess at a gateway that is only known to be ours is answered alike', async () => {
	const forgotten = async () => {
		const serverId = await ofIncluded();
		await site.call( 'forgetServer', { serverId } );
		await connectServer( site, serverId, { at: { host: `203.0.113.${ serverId }` } } );
		return serverId;
	};
	const [ one, other ] = [ await forgotten(), await forgotten() ];
	expect( await transcriptOf( one, hidden ) ).toEqual( await transcriptOf( other, wrong ) );
} );

test( 'a password that an administrator typed is not confirmed to whoever guesses it', async () => {
	const { password: value, ...visible } = hidden;
	const own = async () => {
		const serverId = await newServer();
		const typed = { ...settings, ...visible, password: { use: 'typed', value } } as const;
		const asked = await site.call( 'installGateway', { serverId, body: { settings: typed } } );
		expect( await ended( serverId, asked ) ).toMatchObject( { state: 'succeeded' } );
		return serverId;
	};
	const [ one, other ] = [ await own(), await own() ];
	// these are shown: only the password is a guess
	const guess = { ...hidden, password: 'other-secret' };
	expect( await transcriptOf( one, hidden ) ).toEqual( await transcriptOf( other, guess ) );
} );

test( 'what the included gateway changes on a server is not compared with what was tried there', async () => {
	const tried = async ( guess: Guess ) => {
		const serverId = await newServer();
		const { password: value, ...visible } = guess;
		const typed = { ...settings, ...visible, password: { use: 'typed', value } } as const;
		const asked = await site.call( 'installGateway', {
			serverId,
			actor: customer as never,
			body: { settings: typed },
		} );
		await ended( serverId, asked );
		const included = await site.call( 'useIncludedGateway', { serverId, actor: customer as never } );
		await ended( serverId, included );
		// refused, it has none; else its events are compared as well
		const { jobId } = included.body;
		const read = jobId ? await site.call( 'readJob', { serverId, jobId, actor: customer as never } ) : null;
		return [ included.status, normal( included.body, serverId, guess ), normal( read, serverId, guess ) ];
	};
	const somewhatRight = { ...wrong, smtpServer: hidden.smtpServer, smtpPort: hidden.smtpPort };
	expect( await tried( somewhatRight ) ).toEqual( await tried( wrong ) );
	expect( await tried( hidden ) ).toEqual( await tried( wrong ) );
} );
