import { once } from 'node:events';
import type { SMTPServer } from 'smtp-server';
import { makeSmtpServer, type ProviderState } from './smtp.ts';

export type ListenAt = { address: string; starttls: number[]; implicit: number[] };

/** The provider's ports: open, or closed while it plays a provider that is down. */
export type Ports = {
	open: () => Promise< void >;
	close: () => Promise< void >;
	/** Closes and opens again, with the certificate and the faults that are chosen now. */
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
			const { down = false, closedPorts = [], wrongMode = false } = state.faults();
			const [ first, second ] = wrongMode
				? ( [ 'implicit', 'starttls' ] as const )
				: ( [ 'starttls', 'implicit' ] as const );
			const wanted = [
				...starttls.map( ( port ) => ( { port, tls: first } ) ),
				...implicit.map( ( port ) => ( { port, tls: second } ) ),
			].filter( ( { port } ) => ! down && ! closedPorts.includes( port ) );
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
