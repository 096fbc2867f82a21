import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import {
	actorHeader,
	connectionHeader,
	endpoints,
	pairAgainText,
	pairText,
	rotateText,
	signatureTag,
	type Actor,
	type EndpointName,
	type RequestOf,
	type ResponseOf,
	type SuppliedConnection,
} from '@email-gateway/shared';

export const administrator: Actor = {
	userId: 1,
	login: 'admin',
	siteAdminMail: 'admin@example.com',
	may: [ 'manage_site', 'manage_defaults', 'change_connection', 'run_gateway', 'see_audit', 'see_mail_log' ],
	siteUrl: 'https://site.example.com',
};

export interface Answer< Body > {
	status: number;
	body: Body;
}

interface CallOptions< Name extends EndpointName > {
	serverId?: number;
	jobId?: string;
	body?: RequestOf< Name >;
	query?: string;
	actor?: Partial< Actor >;
	/** Kept by another plugin of that WordPress. */
	connection?: SuppliedConnection;
	/** Changes the signed request on its way, as an attacker would. */
	tamper?: ( request: { url: string; headers: Record< string, string >; body: string } ) => void;
	created?: number;
	nonce?: string;
}

/** As the actor and a supplied connection are sent. */
const headerOf = ( value: unknown ) => Buffer.from( JSON.stringify( value ) ).toString( 'base64url' );

/** Plays a paired WordPress: signs by hand what PHP signs with sodium. `privateKey`: of one that paired before. */
export function makeSiteClient(
	audience: string,
	{
		siteUrl = administrator.siteUrl,
		privateKey = generateKeyPairSync( 'ed25519' ).privateKey,
	}: { siteUrl?: string; privateKey?: KeyObject } = {}
) {
	const publicKey = createPublicKey( privateKey );
	const rawPublicKey = publicKey.export( { format: 'der', type: 'spki' } ).subarray( -32 ).toString( 'base64' );
	let keyId = '';

	async function send< Body >(
		url: string,
		method: string,
		headers: Record< string, string >,
		body: string
	): Promise< Answer< Body > > {
		// as PHP does: a connection that is kept could be ended by the server just as it is used again
		const once = { ...headers, connection: 'close' };
		const response = await fetch( url, { method, headers: once, body: method === 'GET' ? undefined : body } );
		return { status: response.status, body: ( await response.json() ) as Body };
	}

	/** The headers of a request that this site signs, whatever it is. */
	function signed(
		{
			method,
			url,
			actor,
			body,
			connection,
		}: Record< 'method' | 'url' | 'actor' | 'body', string > & { connection?: string | undefined },
		{
			created = Math.floor( Date.now() / 1000 ),
			nonce = randomBytes( 18 ).toString( 'base64url' ),
		}: { created?: number; nonce?: string } = {}
	): Record< string, string > {
		const digest = `sha-256=:${ createHash( 'sha256' ).update( body ).digest( 'base64' ) }:`;
		const more = connection ? ` "${ connectionHeader }"` : '';
		const input = `("@method" "@target-uri" "content-digest" "${ actorHeader }"${ more });created=${ created };nonce="${ nonce }";keyid="${ keyId }";alg="ed25519";tag="${ signatureTag }"`;
		const base = [
			`"@method": ${ method }`,
			`"@target-uri": ${ url }`,
			`"content-digest": ${ digest }`,
			`"${ actorHeader }": ${ actor }`,
			...( connection ? [ `"${ connectionHeader }": ${ connection }` ] : [] ),
			`"@signature-params": ${ input }`,
		].join( '\n' );
		return {
			'content-type': 'application/json',
			'content-digest': digest,
			[ actorHeader ]: actor,
			...( connection ? { [ connectionHeader ]: connection } : {} ),
			'signature-input': `sig1=${ input }`,
			signature: `sig1=:${ sign( null, Buffer.from( base ), privateKey ).toString( 'base64' ) }:`,
		};
	}

	return {
		rawPublicKey,
		/** Signs as the holder of this id, paired or not. */
		useKeyId( id: string ) {
			keyId = id;
		},
		/** Any method, target and body, signed and sent as they are: fetch would tidy the path up. */
		raw(
			method: string,
			target: string,
			{
				body = '',
				actor = {},
				connection,
			}: { body?: string; actor?: Partial< Actor >; connection?: unknown } = {}
		): Promise< { status: number; text: string } > {
			const by = headerOf( { ...administrator, siteUrl, ...actor } );
			const along = connection === undefined ? undefined : headerOf( connection );
			const headers = signed( { method, url: audience + target, actor: by, body, connection: along }, {} );
			const { hostname, port } = new URL( audience );
			const { promise, resolve, reject } = Promise.withResolvers< { status: number; text: string } >();
			const length = { 'content-length': String( Buffer.byteLength( body ) ) };
			// no agent: a connection of its own, as for `send`
			const one = { hostname, port, method, path: target, headers: { ...headers, ...length }, agent: false };
			httpRequest( one, ( response ) => {
				let text = '';
				response
					.setEncoding( 'utf8' )
					.on( 'data', ( part: string ) => ( text += part ) )
					.on( 'end', () => resolve( { status: response.statusCode ?? 0, text } ) )
					.on( 'error', reject );
			} )
				.on( 'error', reject )
				.end( body );
			return promise;
		},
		/** Proves to be a site that pairs again with another key. */
		signPairing( asked: Parameters< typeof pairAgainText >[ 0 ] ) {
			const signature = sign( null, Buffer.from( pairAgainText( asked ) ), privateKey ).toString( 'base64' );
			return { keyId, signature };
		},
		/** Proves to have the key that is to be paired. */
		signNewKey( asked: Parameters< typeof pairText >[ 0 ] ) {
			return { signature: sign( null, Buffer.from( pairText( asked ) ), privateKey ).toString( 'base64' ) };
		},
		/** Proves the key of this client in place of the one with that id. */
		signRotation( former: string ) {
			const text = rotateText( { keyId: former, publicKey: rawPublicKey, siteUrl } );
			return {
				publicKey: rawPublicKey,
				proof: sign( null, Buffer.from( text ), privateKey ).toString( 'base64' ),
			};
		},
		keyId: () => keyId,
		async pair( code: string, more: Partial< RequestOf< 'pairSite' > > = {} ) {
			const asked = { code, publicKey: rawPublicKey, siteUrl, siteName: 'A site', backendUrl: audience, ...more };
			const proof = sign( null, Buffer.from( pairText( asked ) ), privateKey ).toString( 'base64' );
			const body = JSON.stringify( { proof, ...asked } );
			const answer = await send< ResponseOf< 'pairSite' > >(
				`${ audience }/v1/pair`,
				'POST',
				{ 'content-type': 'application/json' },
				body
			);
			keyId = answer.body.keyId ?? keyId;
			return answer;
		},
		call< Name extends EndpointName, Body = ResponseOf< Name > >(
			name: Name,
			options: CallOptions< Name > = {}
		): Promise< Answer< Body > > {
			const { method, path } = endpoints[ name ];
			const filled = path
				.replace( ':serverId', String( options.serverId ) )
				.replace( ':jobId', String( options.jobId ) );
			const url = `${ audience }/v1${ filled }${ options.query ?? '' }`;
			const body = method === 'GET' ? '' : JSON.stringify( options.body ?? {} );
			const actor = headerOf( { ...administrator, siteUrl, ...options.actor } );
			const connection = options.connection && headerOf( options.connection );
			const headers = signed( { method, url, actor, body, connection }, options );
			const request = { url, headers, body };
			options.tamper?.( request );
			return send< Body >( request.url, method, request.headers, request.body );
		},
		/** Asks until a job has ended; at most `timeoutMs`. */
		async untilEnded(
			serverId: number,
			jobId: string,
			{ timeoutMs = 20_000, actor = {} }: { timeoutMs?: number; actor?: { userId?: number } } = {}
		) {
			for ( const giveUpAt = Date.now() + timeoutMs; ;  ) {
				const { status, body } = await this.call( 'readJob', { serverId, jobId, actor } );
				if ( status !== 200 ) {
					throw new Error( `job ${ jobId } cannot be read: ${ JSON.stringify( body ) }` );
				}
				if ( ! [ 'queued', 'running' ].includes( body.job.state ) ) {
					return body;
				}
				if ( Date.now() > giveUpAt ) {
					throw new Error(
						`job still ${ body.job.state } after ${ timeoutMs } ms: ${ JSON.stringify( body.events ) }`
					);
				}
				await new Promise( ( resolve ) => setTimeout( resolve, 100 ) );
			}
		},
	};
}
export type SiteClient = ReturnType< typeof makeSiteClient >;
