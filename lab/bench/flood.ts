import { createHash, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/** What a thread of its own is told: a flood in the measuring one would slow the measuring. */
export interface Flood {
	url: string;
	/** Of the paired site: the most expensive forgery is one in the name of somebody who is known. */
	keyId: string;
	aSecond: number;
	seconds: number;
}
/** Answers by HTTP status, of requests that were sent. */
export type Flooded = Record< string, number >;

const agent = new Agent( { keepAlive: true, maxSockets: 64 } );
const body = JSON.stringify( { from: 'a@example.com', to: 'b@example.com' } );
const digest = `sha-256=:${ createHash( 'sha256' ).update( body ).digest( 'base64' ) }:`;

/** One request that is right in everything but its signature; every other one by a key that nobody paired. */
function send( { url, keyId }: Flood, number: number ): Promise< string > {
	const by = number % 2 === 0 ? keyId : randomBytes( 16 ).toString( 'base64url' );
	const created = Math.floor( Date.now() / 1000 );
	const nonce = randomBytes( 18 ).toString( 'base64url' );
	const headers = {
		'content-type': 'application/json',
		'content-digest': digest,
		'email-gateway-actor': 'e30',
		'signature-input': `sig1=("@method" "@target-uri" "content-digest" "email-gateway-actor");created=${ created };nonce="${ nonce }";keyid="${ by }";alg="ed25519";tag="email-gateway-v1"`,
		signature: `sig1=:${ randomBytes( 64 ).toString( 'base64' ) }:`,
	};
	return new Promise( ( resolve ) => {
		const sent = request(
			`${ url }/v1/servers/1/gateway/test`,
			{ method: 'POST', agent, headers },
			( response ) => {
				response.resume().on( 'end', () => resolve( String( response.statusCode ) ) );
			}
		);
		sent.on( 'error', () => resolve( 'failed' ) ).end( body );
	} );
}

async function flood( told: Flood ): Promise< Flooded > {
	const answers: Promise< string >[] = [];
	const from = performance.now();
	for ( const total = told.aSecond * told.seconds; answers.length < total; await delay( 5 ) ) {
		const due = Math.min( total, Math.floor( ( ( performance.now() - from ) / 1000 ) * told.aSecond ) );
		while ( answers.length < due ) {
			answers.push( send( told, answers.length ) );
		}
	}
	const counted: Flooded = {};
	for ( const status of await Promise.all( answers ) ) {
		counted[ status ] = ( counted[ status ] ?? 0 ) + 1;
	}
	agent.destroy();
	return counted;
}

parentPort?.postMessage( await flood( workerData as Flood ) );
