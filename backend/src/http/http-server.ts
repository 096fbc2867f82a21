import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';

/** More open connections than that are no sites: each costs memory before its first byte is read. */
const mostConnections = 2_000;
const bounds: ServerOptions = {
	headersTimeout: 10_000,
	requestTimeout: 30_000,
	// how often the two above are looked at; Node's own 30 s would let a slow sender stay so much longer
	connectionsCheckingInterval: 1_000,
	keepAliveTimeout: 75_000,
};

/** A server whose slow and idle connections end. `more` is for tests. */
export function makeHttpServer( handler: RequestListener, more: ServerOptions & { most?: number } = {} ): Server {
	const { most = mostConnections, ...options } = more;
	const server = createServer( { ...bounds, ...options }, handler );
	server.maxConnections = most;
	return server;
}
