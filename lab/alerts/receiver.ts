import { once } from 'node:events';
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import express, { type Express } from 'express';
import { z } from 'zod';
import { makeMailServer, type Mailbox } from './email.ts';
import { receivedAlerts, type ReceivedAlerts } from './received.ts';
import { refusalOf } from './webhook.ts';

export interface ReceiverConfig {
	/** Where webhooks and e-mail are taken. */
	address: string;
	webhookPort: number;
	mailPort: number;
	/** On 127.0.0.1: what came. */
	listPort: number;
	mailbox: Mailbox;
}

export interface RunningReceiver {
	/** `GET` it: what came, newest first. */
	listUrl: string;
	webhookPort: number;
	mailPort: number;
	stop(): Promise< void >;
}

const settings = z.strictObject( {
	/** With it each signature is checked. */
	signingSecret: z.string().startsWith( 'whsec_' ).nullable().optional(),
	/** What webhooks are answered with instead of being taken. */
	status: z.number().int().min( 300 ).max( 599 ).nullable().optional(),
} );

/** Takes alerts as the receivers of a person would, inside this process, and refuses what they would refuse. */
export async function runReceiver(
	config: ReceiverConfig,
	certificate: { cert: Buffer; key: Buffer }
): Promise< RunningReceiver > {
	const { address, webhookPort, mailPort, listPort, mailbox } = config;
	const alerts = receivedAlerts();
	const chosen = { signingSecret: null as string | null, status: null as number | null };
	const webhooks = createHttps( certificate, ( request, response ) => {
		takeWebhook( request, response, { alerts, chosen } ).catch( () => response.destroy() );
	} ).listen( webhookPort, address );
	const mail = makeMailServer( alerts, { mailbox, certificate } );
	const mailListening = mail.listen( mailPort, address );
	const list = createHttp( listApp( alerts, chosen ) ).listen( listPort, '127.0.0.1' );
	await Promise.all( [ webhooks, mailListening, list ].map( ( one ) => once( one, 'listening' ) ) );
	const portOf = ( server: { address(): unknown } ) => ( server.address() as AddressInfo ).port;
	return {
		listUrl: `http://127.0.0.1:${ portOf( list ) }/`,
		webhookPort: portOf( webhooks ),
		mailPort: portOf( mailListening as unknown as Server ),
		async stop() {
			for ( const server of [ webhooks, list ] ) {
				server.close();
				server.closeAllConnections();
			}
			await new Promise< void >( ( done ) => mail.close( done ) );
		},
	};
}

interface Chosen {
	signingSecret: string | null;
	status: number | null;
}

async function takeWebhook(
	request: IncomingMessage,
	response: ServerResponse,
	{ alerts, chosen }: { alerts: ReceivedAlerts; chosen: Chosen }
): Promise< void > {
	const body = await buffer( request );
	const headers = Object.fromEntries(
		Object.entries( request.headers ).map( ( [ name, value ] ) => [ name, String( value ) ] )
	);
	const posted = { method: request.method ?? '', headers, body };
	const wrong = refusalOf( posted, { signingSecret: chosen.signingSecret, nowMs: Date.now() } );
	const refusal = wrong ?? ( chosen.status === null ? null : { status: chosen.status, reason: 'as it was told to' } );
	const id = headers[ 'webhook-id' ] ?? '';
	// a second try of one that was taken is the same alert
	if ( refusal !== null || ! alerts.has( id ) ) {
		alerts.add( {
			...{ channel: 'webhook', to: request.url ?? '', id, headers, subject: null, text: null, html: null },
			body: wrong === null ? JSON.parse( body.toString() ) : body.subarray( 0, 2000 ).toString(),
			refused: refusal?.reason ?? null,
		} );
	}
	response.writeHead( refusal?.status ?? 204 ).end( refusal?.reason );
}

function listApp( alerts: ReceivedAlerts, chosen: Chosen ): Express {
	const app = express().disable( 'x-powered-by' );
	// a page on the internet can point its own name at 127.0.0.1; it cannot choose the Host header
	app.use( ( { hostname }, response, next ) =>
		[ '127.0.0.1', 'localhost' ].includes( hostname ) ? next() : void response.sendStatus( 421 )
	);
	app.use( express.json() );
	app.get( '/', ( _request, response ) => void response.set( 'Cache-Control', 'no-store' ).json( alerts.list() ) );
	app.delete( '/', ( _request, response ) => {
		alerts.clear();
		response.sendStatus( 204 );
	} );
	app.put( '/', ( request, response ) => {
		const wanted = settings.safeParse( request.body );
		if ( ! wanted.success ) {
			response.status( 400 ).json( { message: z.prettifyError( wanted.error ) } );
			return;
		}
		const { signingSecret = chosen.signingSecret, status = chosen.status } = wanted.data;
		Object.assign( chosen, { signingSecret, status } );
		response.sendStatus( 204 );
	} );
	return app;
}
