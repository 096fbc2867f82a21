// Run by rebinding.debian12.test.ts in a network of its own, as root: loopback, one public address, and a resolver that
// names the public address once and an inner one from then on. Prints what was reached, as JSON.
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import { join } from 'node:path';
import { webhook } from '../src/alerts/channels/webhook.ts';
import { newSigningSecret } from '../src/alerts/signing.ts';
import { testMessage } from '../src/alerts/words.ts';
import { fetchText } from '../src/mail/fetch-text.ts';
import type { TestZone } from '../src/mail/test-dns.ts';
import { ownNetwork } from './own-network.ts';

const [ , , host = '', folder = '' ] = process.argv;
const [ outer, inner ] = [ '203.0.113.9', '127.0.0.1' ];

const zone: TestZone = {};
const dns = await ownNetwork( folder, { zone, addresses: [ outer ] } );
const pair = { cert: readFileSync( join( folder, 'cert.pem' ) ), key: readFileSync( join( folder, 'key.pem' ) ) };
const reached: string[] = [];
for ( const address of [ outer, inner ] ) {
	const server = createServer( pair, ( _request, response ) => {
		reached.push( address );
		response.end( 'text' );
	} );
	await once( server.listen( 443, address ), 'listening' );
}

/** What one of ours tells and reaches while the name flips after so many answers. */
async function tried( answers: readonly string[][], act: () => Promise< unknown > ) {
	reached.length = 0;
	dns.asked.length = 0;
	let told = 0;
	zone[ host ] = {
		get A() {
			return [ ...( answers[ Math.min( told++, answers.length - 1 ) ] ?? [] ) ];
		},
	};
	const answer = await act();
	return { answer, reached: [ ...reached ], asked: dns.asked.filter( ( one ) => one.startsWith( 'A ' ) ).length };
}

const reach = { mayReachLocalAddresses: false, allowedPrivateRanges: [] };
const alert = async () => {
	const target = { kind: 'webhook', url: `https://${ host }/in`, signingSecret: newSigningSecret() } as const;
	const message = testMessage( 'https://example.com', new Date() );
	return ( await webhook.send( target, { id: 'msg-1', message }, { allowedPrivateRanges: [] } ) ).answer;
};
const fetched = () =>
	fetchText( `https://${ host }/text`, {
		resolve: async ( name ) => ( await lookup( name, { all: true } ) ).map( ( { address } ) => address ),
		reach,
		signal: AbortSignal.timeout( 20_000 ),
	} );
/** Judges the name and leaves it to the client to look it up again: what ours would do without its guard. */
const unguarded = async () => {
	await lookup( host );
	const [ response ] = await once( request( `https://${ host }/`, { agent: false } ).end(), 'response' );
	return response.resume().statusCode;
};

const flips = [ [ outer ], [ inner ] ];
const both = [ [ outer, inner ] ];
process.stdout.write(
	JSON.stringify( {
		trap: await tried( flips, unguarded ),
		alert: {
			flips: await tried( flips, alert ),
			inner: await tried( [ [ inner ] ], alert ),
			both: await tried( both, alert ),
		},
		text: {
			flips: await tried( flips, fetched ),
			inner: await tried( [ [ inner ] ], fetched ),
			both: await tried( both, fetched ),
		},
	} )
);
process.exit( 0 );
