import { existsSync } from 'node:fs';
import { run, tryRun } from '../system/run.ts';
import { hardwareAddress, type LabNetwork, type serverLink } from './addresses.ts';

type Link = ReturnType< typeof serverLink >;

/** Makes the bridge that only this checkout's servers attach to. It leads nowhere: no route, no forwarding. */
export async function ensureBridge( network: LabNetwork ): Promise< void > {
	const { bridge, hostAddress, webAddress, alertsAddress } = network;
	if ( ! existsSync( `/sys/class/net/${ bridge }` ) ) {
		await run( [ 'ip', 'link', 'add', bridge, 'address', hardwareAddress( network, 1 ), 'type', 'bridge' ] );
	}
	for ( const address of [ hostAddress, webAddress, alertsAddress ] ) {
		await run( [ 'ip', 'address', 'replace', `${ address }/24`, 'dev', bridge ] );
	}
	await run( [ 'ip', 'link', 'set', bridge, 'up' ] );
}

/** Takes the bridge away, if it is there. */
export async function removeBridge( { bridge }: LabNetwork ): Promise< void > {
	if ( existsSync( `/sys/class/net/${ bridge }` ) ) {
		await run( [ 'ip', 'link', 'delete', bridge ] );
	}
}

/** Makes a server's network namespace with one interface `eth0` on the bridge, and no route beyond it. */
export async function ensureNamespace(
	{ bridge }: LabNetwork,
	{ address, hardwareAddress: mac, namespace, hostInterface }: Link
): Promise< void > {
	if ( ! existsSync( `/run/netns/${ namespace }` ) ) {
		await run( [ 'ip', 'netns', 'add', namespace ] );
	}
	if ( ! existsSync( `/sys/class/net/${ hostInterface }` ) ) {
		await run( [
			...[ 'ip', 'link', 'add', hostInterface, 'type', 'veth' ],
			...[ 'peer', 'name', 'eth0', 'address', mac, 'netns', namespace ],
		] );
	}
	await run( [ 'ip', 'link', 'set', hostInterface, 'master', bridge, 'up' ] );
	const inside = [ 'ip', '-netns', namespace ];
	await run( [ ...inside, 'link', 'set', 'lo', 'up' ] );
	await run( [ ...inside, 'address', 'replace', `${ address }/24`, 'dev', 'eth0' ] );
	await run( [ ...inside, 'link', 'set', 'eth0', 'up' ] );
}

/** Takes a server's network namespace away, and its interface pair with it. */
export async function removeNamespace( { namespace, hostInterface }: Link ): Promise< void > {
	await tryRun( [ 'ip', 'link', 'delete', hostInterface ] );
	if ( existsSync( `/run/netns/${ namespace }` ) ) {
		await run( [ 'ip', 'netns', 'delete', namespace ] );
	}
}
