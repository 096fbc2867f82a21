// Preloaded into Playground, which would listen on every interface: whatever port it opens, it opens on loopback.
import net from 'node:net';

const address = '127.0.0.1';
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function ( first, ...rest ) {
	if ( typeof first === 'number' || typeof first === 'string' ) {
		const withoutHost = rest.filter( ( argument ) => typeof argument === 'function' );
		return listen.call( this, Number( first ), address, ...withoutHost );
	}
	if ( typeof first === 'function' || first === undefined ) {
		return listen.call( this, 0, address, ...[ first, ...rest ].filter( Boolean ) );
	}
	const isPort = first?.port !== undefined && first.path === undefined;
	return listen.call( this, isPort ? { ...first, host: address } : first, ...rest );
};
