import { run, tryRun } from '../system/run.ts';
import { readServer } from './record.ts';
import { linkOf } from './server.ts';

const table = [ 'inet', 'lab_cloud' ];

/**
 * Plays a cloud that silently drops what a server sends to some ports, TCP and UDP; an empty list lifts the block.
 *
 * @throws when there is no such server, or it does not run
 */
export async function blockPorts( name: string, ports: readonly number[] ): Promise< void > {
	const record = readServer( name );
	if ( ! record ) {
		throw new Error( `There is no server ${ name }.` );
	}
	const nft = [ 'ip', 'netns', 'exec', linkOf( record ).namespace, 'nft' ];
	await tryRun( [ ...nft, 'delete', 'table', ...table ] );
	if ( ports.length === 0 ) {
		return;
	}
	const rules = `table ${ table.join( ' ' ) } {
	chain out {
		type filter hook output priority 0;
		oifname "eth0" meta l4proto { tcp, udp } th dport { ${ ports.map( Number ).join( ', ' ) } } drop
	}
}
`;
	await run( [ ...nft, '-f', '-' ], { input: rules } );
}

/** As many hosts sell them: no IPv6 on any interface, loopback included, until the server starts anew. */
export async function disableIpv6( name: string ): Promise< void > {
	const record = readServer( name );
	if ( ! record ) {
		throw new Error( `There is no server ${ name }.` );
	}
	const off = [ 'all', 'default', 'lo' ].map( ( which ) => `net.ipv6.conf.${ which }.disable_ipv6=1` );
	await run( [ 'ip', 'netns', 'exec', linkOf( record ).namespace, 'sysctl', '-qw', ...off ] );
}
