import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../system/run.ts';

export type Individual = {
	name: string;
	nameserver: string;
	opsPassword: string;
	/** One line for authorized_keys. */
	publicKey: string;
	/** The package cache's address. */
	proxy: string;
	/** Names that the server's hosts file gives addresses to. */
	hosts: Record< string, string >;
	/** A certificate that the server's system store shall trust. */
	caFile: string;
};

/**
 * Lays down what makes a server more than its image: name, keys, addresses, trust.
 * All of it goes into the writable layer; the first boot finishes it.
 *
 * @param folder the server's folder; a layer in it is replaced
 */
export async function makeLayer( folder: string, it: Individual ): Promise< void > {
	for ( const part of [ 'upper', 'work', 'root', 'prepared', 'boots' ] ) {
		rmSync( join( folder, part ), { recursive: true, force: true } );
	}
	for ( const part of [ 'upper', 'work', 'root' ] ) {
		mkdirSync( join( folder, part ), { mode: 0o755 } );
	}
	const upper = join( folder, 'upper' );
	const write = ( path: string, text: string, mode = 0o644 ) => {
		mkdirSync( dirname( join( upper, path ) ), { recursive: true, mode: 0o755 } );
		writeFileSync( join( upper, path ), text, { mode } );
	};
	write( 'etc/hostname', `${ it.name }\n` );
	write( 'etc/machine-id', `${ randomBytes( 16 ).toString( 'hex' ) }\n`, 0o444 );
	write( 'etc/hosts', hostsFile( it ) );
	// Where the resolver is not running, a look-up fails at once instead of after ten seconds: its port is closed.
	write( 'etc/resolv.conf', `nameserver ${ it.nameserver }\noptions timeout:2 attempts:2\n` );
	write( 'etc/apt/apt.conf.d/90lab-cache', `Acquire::http::Proxy "${ it.proxy }";\n` );
	mkdirSync( join( upper, 'usr/local/share/ca-certificates' ), { recursive: true } );
	copyFileSync( it.caFile, join( upper, 'usr/local/share/ca-certificates/lab-provider.crt' ) );
	mkdirSync( join( upper, 'root' ), { mode: 0o700 } );
	mkdirSync( join( upper, 'root/.ssh' ), { mode: 0o700 } );
	write( 'root/.ssh/authorized_keys', it.publicKey, 0o600 );
	mkdirSync( join( upper, 'etc/ssh' ), { mode: 0o755 } );
	await run( [ 'ssh-keygen', '-q', '-A', '-f', upper ] );
	writeFileSync( join( folder, 'ops-password' ), it.opsPassword, { mode: 0o600 } );
}

function hostsFile( { name, hosts }: Individual ): string {
	const lines = [
		'127.0.0.1\tlocalhost',
		`127.0.1.1\t${ name }.servers.test\t${ name }`,
		'::1\tlocalhost ip6-localhost ip6-loopback',
		...Object.entries( hosts ).map( ( [ host, address ] ) => `${ address }\t${ host }` ),
	];
	return lines.join( '\n' ) + '\n';
}

/** @return the public half of the key that opens all servers of this lab, made at the first call */
export async function ensureServerKey( keyFile: string ): Promise< string > {
	try {
		return readFileSync( `${ keyFile }.pub`, 'utf8' );
	} catch {
		mkdirSync( dirname( keyFile ), { recursive: true, mode: 0o700 } );
		await run( [ 'ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', keyFile ] );
		return readFileSync( `${ keyFile }.pub`, 'utf8' );
	}
}
