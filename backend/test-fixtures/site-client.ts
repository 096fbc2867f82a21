import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
	endpoints,
	pairAgainText,
	pairText,
	rotateText,
	type Actor,
	type EndpointName,
	type RequestOf,
	type ResponseOf,
	type SuppliedConnection,
} from '@email-gateway/shared';
import { send, sendAsIs, type Answer } from './send.ts';
import { headerOf, signedHeaders } from './signed-headers.ts';

export const administrator: Actor = {
	userId: 1,
	login: 'admin',
	siteAdminMail: 'admin@example.com',
	may: [ 'manage_site', 'manage_defaults', 'change_connection', 'run_gateway', 'see_audit', 'see_mail_log' ],
	siteUrl: 'https://site.example.com',
};

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

	const proofOf = ( text: string ) => sign( null, Buffer.from( text ), privateKey ).toString( 'base64' );

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
			const url = audience + target;
			const headers = signedHeaders( { method, url, actor: by, body, connection: along, keyId, privateKey } );
			return sendAsIs( audience, { method, target, headers, body } );
		},
		/** Proves to be a site that pairs again with another key. */
		signPairing( asked: Parameters< typeof pairAgainText >[ 0 ] ) {
			return { keyId, signature: proofOf( pairAgainText( asked ) ) };
		},
		/** Proves to have the key that is to be paired. */
		signNewKey( asked: Parameters< typeof pairText >[ 0 ] ) {
			return { signature: proofOf( pairText( asked ) ) };
		},
		/** Proves the key of this client in place of the one with that id. */
		signRotation( former: string ) {
			const text = rotateText( { keyId: former, publicKey: rawPublicKey, siteUrl } );
			return {
				publicKey: rawPublicKey,
				proof: proofOf( text ),
			};
		},
		keyId: () => keyId,
		async pair( code: string, more: Partial< RequestOf< 'pairSite' > > = {} ) {
			const asked = { code, publicKey: rawPublicKey, siteUrl, siteName: 'A site', backendUrl: audience, ...more };
			const proof = proofOf( pairText( asked ) );
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
			const headers = signedHeaders( { method, url, actor, body, connection, keyId, privateKey }, options );
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
