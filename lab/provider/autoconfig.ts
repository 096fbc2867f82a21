import { once } from 'node:events';
import { createServer } from 'node:https';
import express, { type Express } from 'express';
import { autoconfigDomains } from '../network/mail-domains.ts';

/** The addresses that Thunderbird asks, with the address of the person as query. */
const ownHostPath = '/mail/config-v1.1.xml';
const wellKnownPath = '/.well-known/autoconfig/mail/config-v1.1.xml';

/** Every name that the server's certificate carries. */
export const autoconfigHosts: string[] = Object.values( autoconfigDomains ).map( ( domain ) =>
	domain === autoconfigDomains.wellKnown ? domain : `autoconfig.${ domain }`
);

/** Serves the configurations of the mail domains, right ones and hostile ones, over https on one address. */
export async function startAutoconfig(
	{ address, port }: { address: string; port: number },
	{ provider, certificate }: { provider: string; certificate: { cert: Buffer; key: Buffer } }
): Promise< { port: number; close: () => void } > {
	const server = createServer( certificate, autoconfigApp( provider ) ).listen( port, address );
	await once( server, 'listening' );
	const bound = server.address();
	return {
		port: typeof bound === 'object' ? bound?.port ?? port : port,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}

function autoconfigApp( provider: string ): Express {
	const app = express().disable( 'x-powered-by' );
	const encrypted = [
		outgoing( { host: provider, port: 465, socketType: 'SSL' } ),
		outgoing( { host: provider, port: 587, socketType: 'STARTTLS' } ),
	].join( '' );
	const bodies: Record< string, string > = {
		[ autoconfigDomains.ownHost ]: encrypted,
		[ autoconfigDomains.plain ]: outgoing( { host: provider, port: 25, socketType: 'plain' } ),
		[ autoconfigDomains.inner ]: outgoing( { host: '127.0.0.1', port: 587, socketType: 'STARTTLS' } ),
	};
	app.get( ownHostPath, ( { hostname }, response ) => {
		const domain = hostname.replace( /^autoconfig\./, '' );
		if ( domain === autoconfigDomains.redirect ) {
			response.redirect( 'https://127.0.0.1/' );
			return;
		}
		if ( domain === autoconfigDomains.huge ) {
			response.type( 'xml' ).send( document( domain, encrypted, `<!--${ 'x'.repeat( 2 << 20 ) }-->` ) );
			return;
		}
		if ( domain === autoconfigDomains.bomb ) {
			response.type( 'xml' ).send( bomb( domain ) );
			return;
		}
		const body = bodies[ domain ];
		response
			.status( body ? 200 : 404 )
			.type( 'xml' )
			.send( body ? document( domain, body ) : '' );
	} );
	app.get( wellKnownPath, ( { hostname }, response ) => {
		const isKnown = hostname === autoconfigDomains.wellKnown;
		response
			.status( isKnown ? 200 : 404 )
			.type( 'xml' )
			.send( isKnown ? document( hostname, encrypted ) : '' );
	} );
	return app;
}

function outgoing( { host, port, socketType }: { host: string; port: number; socketType: string } ): string {
	return `
		<outgoingServer type="smtp">
			<hostname>${ host }</hostname>
			<port>${ port }</port>
			<socketType>${ socketType }</socketType>
			<username>%EMAILADDRESS%</username>
			<authentication>password-cleartext</authentication>
		</outgoingServer>`;
}

function document( domain: string, servers: string, before = '' ): string {
	return `<?xml version="1.0" encoding="UTF-8"?>${ before }
<clientConfig version="1.1">
	<emailProvider id="${ domain }">
		<domain>${ domain }</domain>
		<displayName>The lab’s provider</displayName>
		<incomingServer type="imap">
			<hostname>imap.${ domain }</hostname>
			<port>993</port>
			<socketType>SSL</socketType>
			<username>%EMAILADDRESS%</username>
			<authentication>password-cleartext</authentication>
		</incomingServer>${ servers }
	</emailProvider>
</clientConfig>
`;
}

/** A few hundred bytes that become gigabytes in a reader that expands entities. */
function bomb( domain: string ): string {
	const levels = Array.from(
		{ length: 10 },
		( _, level ) => `<!ENTITY e${ level + 1 } "${ `&e${ level };`.repeat( 10 ) }">`
	);
	const doctype = `\n<!DOCTYPE clientConfig [ <!ENTITY e0 "boom"> ${ levels.join( ' ' ) } ]>`;
	return document( domain, outgoing( { host: '&e10;', port: 587, socketType: 'STARTTLS' } ), doctype );
}
