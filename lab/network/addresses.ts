import { checkoutNumber } from '../system/paths.ts';

export type LabNetwork = {
	/** First three octets of the private /24, with the last dot. */
	prefix: string;
	/** The host's own address on the bridge: package cache and provider listen there and nowhere else. */
	hostAddress: string;
	/** Another of the host's: web servers of mail domains, so that the provider has its mail ports and nothing else. */
	webAddress: string;
	/** Another of the host's: who receives alerts, on the usual port of https. */
	alertsAddress: string;
	bridge: string;
	/** Six hexadecimal digits that begin every interface and namespace name of this checkout. */
	id: string;
};

/**
 * The network of one checkout: the same at every start, most likely another one for another checkout.
 *
 * @param path absolute path of the checkout
 */
export function labNetwork( path: string ): LabNetwork {
	const number = checkoutNumber( path, 'network' );
	// 10.16.0.0 to 10.239.255.0: away from both ends, where real networks usually begin.
	const second = 16 + ( ( number >>> 8 ) % 224 );
	const prefix = `10.${ second }.${ number & 0xff }.`;
	const id = number.toString( 16 ).padStart( 8, '0' ).slice( 0, 6 );
	const [ hostAddress, webAddress, alertsAddress ] = [ `${ prefix }1`, `${ prefix }2`, `${ prefix }3` ];
	return { prefix, hostAddress, webAddress, alertsAddress, bridge: `eg${ id }`, id };
}

/** @return the names and the addresses of one server's end, `index` counting from 0 to 199 */
export function serverLink( network: LabNetwork, name: string, index: number ) {
	return {
		address: `${ network.prefix }${ 10 + index }`,
		// Always the same, or a server that was started again stays unreachable until the others' ARP tables forget it.
		hardwareAddress: hardwareAddress( network, 10 + index ),
		namespace: `eg${ network.id }-${ name }`,
		// Interface names have at most 15 characters.
		hostInterface: `eg${ network.id }s${ index }`,
	};
}

/** @return a locally administered MAC address, `host` counting from 0 to 255 */
export function hardwareAddress( { id }: LabNetwork, host: number ): string {
	const octets = [
		'02',
		id.slice( 0, 2 ),
		id.slice( 2, 4 ),
		id.slice( 4, 6 ),
		'00',
		host.toString( 16 ).padStart( 2, '0' ),
	];
	return octets.join( ':' );
}

/**
 * A port on loopback for one service of this checkout, outside the range from which the system gives out ports.
 *
 * @return a number from 20000 to 31999
 */
export function labPort( path: string, service: string ): number {
	return 20_000 + ( checkoutNumber( path, `port ${ service }` ) % 12_000 );
}
