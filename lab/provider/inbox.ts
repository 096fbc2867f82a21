import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { simpleParser } from 'mailparser';
import type { Accounts } from './accounts.ts';
import { certificateKinds, type CertificateKind } from './certificates.ts';
import type { Counter } from './counts.ts';
import { parseFaults, type Faults } from './faults.ts';
import { listPage, messagePage, styleSheet } from './inbox-page.ts';
import type { Messages } from './messages.ts';

export type InboxParts = {
	accounts: Accounts;
	messages: Messages;
	counter: Counter;
	getFaults: () => Faults;
	setFaults: ( faults: Faults ) => Promise< void >;
	setCertificate: ( kind: CertificateKind ) => Promise< void >;
};

/** The provider's inbox page and the calls with which tests look at it and change it. For loopback only. */
export function inboxApp( { accounts, messages, counter, getFaults, setFaults, setCertificate }: InboxParts ): Express {
	const app = express().disable( 'x-powered-by' );
	app.use( onlyLoopbackNames, safeHeaders, express.json() );

	app.get( '/', ( _request, response ) => void response.send( listPage( messages.list() ) ) );
	app.get( '/style.css', ( _request, response ) => void response.type( 'css' ).send( styleSheet ) );
	app.get( '/inbox/:id', async ( request, response ) => {
		const message = messages.list().find( ( { id } ) => id === request.params.id );
		if ( ! message ) {
			response.sendStatus( 404 );
			return;
		}
		response.send( messagePage( message, await simpleParser( message.raw, { skipTextToHtml: true } ) ) );
	} );

	app.get( '/messages', ( _request, response ) => void response.json( messages.list() ) );
	app.delete( '/messages', ( _request, response ) => {
		messages.clear();
		response.sendStatus( 204 );
	} );
	app.get( '/counts', ( _request, response ) => void response.json( counter.soFar() ) );
	app.get( '/counts/:user', ( request, response ) => void response.json( counter.triesOf( request.params.user ) ) );
	app.delete( '/counts', ( _request, response ) => {
		counter.reset();
		response.sendStatus( 204 );
	} );
	app.put( '/accounts/:user', ( request, response ) => {
		const { password } = request.body ?? {};
		if ( typeof password !== 'string' || password === '' ) {
			response.status( 400 ).json( { message: 'Expected { "password": "…" }.' } );
			return;
		}
		accounts.set( request.params.user, password );
		response.sendStatus( 204 );
	} );
	app.get( '/faults', ( _request, response ) => void response.json( getFaults() ) );
	app.put( '/faults', async ( request, response ) => {
		await setFaults( parseFaults( request.body ) );
		response.json( getFaults() );
	} );
	app.put( '/certificate', async ( request, response ) => {
		const kind = certificateKinds.find( ( name ) => name === request.body?.kind );
		if ( ! kind ) {
			response
				.status( 400 )
				.json( { message: `Expected { "kind": one of ${ certificateKinds.join( ', ' ) } }.` } );
			return;
		}
		await setCertificate( kind );
		response.sendStatus( 204 );
	} );
	app.use( ( error: Error, _request: Request, response: Response, _next: NextFunction ) => {
		response.status( 400 ).json( { message: error.message } );
	} );
	return app;
}

/** A page on the internet can point its own name at 127.0.0.1; it cannot choose the Host header. */
function onlyLoopbackNames( request: Request, response: Response, next: NextFunction ) {
	if ( [ '127.0.0.1', 'localhost' ].includes( request.hostname ) ) {
		next();
		return;
	}
	response.sendStatus( 421 );
}

function safeHeaders( _request: Request, response: Response, next: NextFunction ) {
	response.set( {
		'Content-Security-Policy':
			"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		'X-Content-Type-Options': 'nosniff',
		'Referrer-Policy': 'no-referrer',
		'Cache-Control': 'no-store',
	} );
	next();
}
