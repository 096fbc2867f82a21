import { once } from 'node:events';
import type { SMTPServer } from 'smtp-server';
import { makeSmtpServer, type ProviderState } from './smtp.ts';

export type ListenAt = { address: string; starttls: number[]; implicit: number[] };

/** The provider's ports: open, or closed while it plays a provider that is down. */
export type Ports = {
	open: () => Promise< void >;
	close: () => Promise< void >;
	/** Closes and opens again, with the certificate that is chosen now. */
	reopen: () => Promise< void >;
};

/** Prepares the provider's ports on one address; open() rejects when one of them is taken. */
export function providerPorts( state: ProviderState, { address, starttls, implicit }: ListenAt ): Ports {
	let servers: SMTPServer[] = [];
	const ports: Ports = {
		async open() {
			if ( servers.length > 0 ) {
				return;
			}
			const wanted = [
				...starttls.map( ( port ) => ( { port, tls: 'starttls' as const } ) ),
				...implicit.map( ( port ) => ( { port, tls: 'implicit' as const } ) ),
			];
			servers = await Promise.all(
				wanted.map( async ( { port, tls } ) => {
					const server = makeSmtpServer( state, tls );
					const listening = server.listen( port, address );
					await once( listening, 'listening' );
					return server;
				} )
			);
		},
		async close() {
			const closing = servers;
			servers = [];
			await Promise.all( closing.map( ( server ) => new Promise< void >( ( done ) => server.close( done ) ) ) );
		},
		async reopen() {
			await ports.close();
			await ports.open();
		},
	};
	return ports;
}
