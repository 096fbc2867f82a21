import { createServer, type Server } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { AlertMessage, ChannelKind } from '@email-gateway/shared';
import { makeTestCertificates, type TestCertificates } from '../../mail/test-certificates.ts';
import type { Channel } from '../channel.ts';
import { testMessage } from '../words.ts';
import { channelOfKind } from './all.ts';
import { receivers } from './strict-receivers.ts';

type Service = keyof typeof receivers;
const services = Object.keys( receivers ) as Service[];
const targets = {
	slack: { kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' },
	teams: { kind: 'teams', url: 'https://prod.westeurope.logic.azure.com/workflows/x?sig=y' },
	discord: { kind: 'discord', url: 'https://discord.com/api/webhooks/1/x' },
	telegram: { kind: 'telegram', token: `12345678:${ 'x'.repeat( 35 ) }`, chat: '-100123' },
	ntfy: { kind: 'ntfy', url: 'https://ntfy.sh/our-topic', token: 'tk_secret' },
	pushover: { kind: 'pushover', token: 'a'.repeat( 30 ), user: 'u'.repeat( 30 ) },
} as const;
const hosts: Record< Service, string > = {
	...{ slack: 'hooks.slack.com', teams: 'prod.westeurope.logic.azure.com', discord: 'discord.com' },
	...{ telegram: 'api.telegram.org', ntfy: 'ntfy.sh', pushover: 'api.pushover.net' },
};

const at = '2026-01-01T00:00:00.000Z';
const server = ( n: number, host = `web${ n }.example.com` ) => ( {
	...{ id: n, host, link: `https://example.com/wp-admin/post.php?post=${ n }&action=edit` },
} );
const opened = ( change: Partial< AlertMessage > = {} ): AlertMessage => ( {
	...testMessage( 'https://example.com', new Date( at ) ),
	...{ kind: 'opened', trouble: 'stopped', server: server( 1 ), servers: [ server( 1 ) ], ...change },
} );
const hostile =
	'<!channel> <@U123> @everyone @admin [click](javascript:alert(1)) *bold* `x` & </a><script>alert(1)</script> \u{1F4E8} ';
/** What any channel must carry, whatever is in it. */
const messages: Record< string, AlertMessage > = {
	test: testMessage( 'https://example.com', new Date( at ) ),
	opened: opened(),
	over: opened( { kind: 'over', trouble: null, text: 'web1.example.com works again.' } ),
	hostile: opened( { text: hostile, servers: [ server( 1, hostile ) ], server: server( 1, hostile ) } ),
	long: opened( {
		text: hostile.repeat( 200 ),
		servers: Array.from( { length: 50 }, ( _, n ) => server( n, hostile.repeat( 20 ) ) ),
	} ),
};

describe( 'a service', () => {
	let certificates: TestCertificates;
	let https: Server | undefined;
	const made = new Map< string, TestCertificates >();
	beforeAll( () => {
		for ( const host of Object.values( hosts ) ) {
			made.set( host, makeTestCertificates( host ) );
		}
	}, 60_000 );
	afterEach( () => {
		https?.closeAllConnections();
		https?.close();
		https = undefined;
	} );

	/** Sends one alert to the service as its manual describes it; `answer` puts another one before it. */
	async function send(
		kind: Service,
		message: AlertMessage,
		answer: { status: number; headers?: Record< string, string > } | null = null
	) {
		certificates = made.get( hosts[ kind ] ) as TestCertificates;
		const got: { request: IncomingMessage; body: string }[] = [];
		https = createServer( certificates.good, ( request, response ) => {
			let body = '';
			request.setEncoding( 'utf8' ).on( 'data', ( part: string ) => ( body += part ) );
			request.on( 'end', () => {
				got.push( { request, body } );
				const { path, maxBytes, taken, body: schema } = receivers[ kind ];
				const isRight =
					request.method === 'POST' &&
					request.headers.host?.split( ':' )[ 0 ] === hosts[ kind ] &&
					request.headers[ 'content-type' ] === 'application/json' &&
					path.test( request.url ?? '' ) &&
					Buffer.byteLength( body ) <= maxBytes;
				const problem = isRight ? schema.safeParse( JSON.parse( body ) ).error?.message : 'not for us';
				response
					.writeHead( answer?.status ?? ( problem ? 400 : taken ), answer?.headers )
					.end( problem ?? 'words of the receiver' );
				problems.push( ...( problem ? [ problem ] : [] ) );
			} );
		} );
		const problems: string[] = [];
		await new Promise< void >( ( done ) => https?.listen( 0, '127.0.0.1', done ) );
		const { port } = https.address() as AddressInfo;
		const receiver = { address: '127.0.0.1', port, ca: certificates.ca };
		const channel: Channel< ChannelKind > = channelOfKind( kind );
		const end = await channel.send(
			targets[ kind ] as never,
			{ id: 'msg-1', message },
			{
				...{ allowedPrivateRanges: [], receiver },
			}
		);
		return { end, got, problems };
	}

	const cases = services.flatMap( ( kind ) => Object.keys( messages ).map( ( name ) => [ kind, name ] as const ) );
	test.each( cases )( '%s takes what its manual says: %s', async ( kind, name ) => {
		const { end, problems } = await send( kind, messages[ name ] as AlertMessage );
		expect( [ end, problems ] ).toEqual( [ { answer: null }, [] ] );
	} );

	test.each( services )( '%s asks to be left alone, and is', async ( kind ) => {
		const { end } = await send( kind, opened(), { status: 429, headers: { 'retry-after': '30.4' } } );
		expect( end ).toEqual( { answer: 'HTTP 429', retryAfterS: 31, isFinal: false } );
	} );

	test.each( services )( '%s that knows no such address is not asked again', async ( kind ) => {
		const { end } = await send( kind, opened(), { status: 404 } );
		expect( end ).toMatchObject( { answer: 'HTTP 404', isFinal: true } );
	} );

	test.each( services )( '%s that leads elsewhere is not followed', async ( kind ) => {
		const { end, got } = await send( kind, opened(), { status: 307, headers: { location: 'https://127.0.0.1/' } } );
		expect( [ end.answer, got.length ] ).toEqual( [ 'HTTP 307', 1 ] );
	} );

	test( 'ntfy gets its token as a header, and no other does', async () => {
		for ( const kind of services ) {
			const { got } = await send( kind, opened() );
			const { authorization } = ( got[ 0 ] as ( typeof got )[ 0 ] ).request.headers;
			expect( [ kind, authorization ] ).toEqual( [ kind, kind === 'ntfy' ? 'Bearer tk_secret' : undefined ] );
			https?.closeAllConnections();
			https?.close();
		}
	} );
} );
