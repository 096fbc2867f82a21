import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { debianMirror, type DebianMirror } from '../system/apt-sources.ts';
import { cachePath } from '../system/paths.ts';
import { run, type Log } from '../system/run.ts';
import { imagePackages, kinds, type ServerKind } from './kinds.ts';

/** Namespaces of its own for a command: when it ends or is killed, all its processes and mounts are gone too. */
const enclosed = [
	'unshare',
	'--mount',
	'--propagation',
	'private',
	'--pid',
	'--fork',
	'--kill-child',
	'--mount-proc',
];

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Runs inside the new system, as root, the packages' names as arguments. */
const finish = `set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get -q update
apt-get -q -y dist-upgrade
apt-get -q -y --no-install-recommends install "$@"
apt-get clean
useradd --create-home --shell /bin/bash deploy
useradd --create-home --shell /bin/bash ops
echo 'deploy ALL=(ALL:ALL) NOPASSWD: ALL' > /etc/sudoers.d/deploy
echo 'ops ALL=(ALL:ALL) ALL' > /etc/sudoers.d/ops
chmod 0440 /etc/sudoers.d/deploy /etc/sudoers.d/ops
rm -f /etc/ssh/ssh_host_* /var/log/apt/* /var/log/*.log
: > /etc/machine-id
# Nothing to wait for: the addresses are given from outside, and there is no console to log in at.
systemctl mask systemd-networkd.service systemd-networkd.socket systemd-networkd-wait-online.service systemd-resolved.service console-getty.service >/dev/null 2>&1
`;

/**
 * Makes the image of a kind of server, unless it is there already (about two minutes the first time).
 * Images lie in the checkout's cache; the servers' file systems are layers over them, so an image never changes.
 *
 * @param  proxy the package cache's address
 * @return the image's root folder
 */
export async function ensureImage(
	kind: ServerKind,
	{ proxy, log, signal }: { proxy: string; log: Log; signal?: AbortSignal }
): Promise< string > {
	const mirror = await debianMirror();
	const path = join( cachePath, 'images', `${ kind }-${ recipeId( kind, mirror ) }` );
	if ( existsSync( path ) ) {
		return path;
	}
	const startedMs = Date.now();
	log( `Making the ${ kind } image from Debian packages: about two minutes, once` );
	// Another lab of this checkout may be making the same image: the first to finish wins.
	const building = `${ path }.building-${ process.pid }`;
	removeAbandoned( path );
	mkdirSync( building, { recursive: true } );
	const { suite } = kinds[ kind ];
	try {
		await run(
			[ ...enclosed, 'debootstrap', '--variant=minbase', `--keyring=${ keyring }`, suite, building, mirror.main ],
			{ env: { ...process.env, http_proxy: proxy }, signal, killSignal: 'SIGKILL' }
		);
		log( `The base of the ${ kind } image is there; adding what a rented server has` );
		writeSources( building, suite, mirror );
		await finishInside( building, proxy, signal );
		if ( ! existsSync( path ) ) {
			renameSync( building, path );
		}
	} finally {
		rmSync( building, { recursive: true, force: true } );
	}
	log( `Made the ${ kind } image in ${ Math.round( ( Date.now() - startedMs ) / 1000 ) } s` );
	return path;
}

async function finishInside( root: string, proxy: string, signal?: AbortSignal ) {
	// No daemon may start while packages are installed into a folder of this machine.
	const policy = join( root, 'usr/sbin/policy-rc.d' );
	writeFileSync( policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 } );
	await run(
		[
			...[ ...enclosed, 'sh', '-euc' ],
			`mount -t proc proc "$1/proc"
			mount --rbind /dev "$1/dev"
			root=$1; finish=$2; shift 2
			exec chroot "$root" /bin/sh -c "$finish" sh "$@"`,
			...[ 'sh', root, finish, ...imagePackages ],
		],
		{
			env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', HOME: '/root', http_proxy: proxy },
			signal,
			killSignal: 'SIGKILL',
		}
	);
	rmSync( policy );
}

/** Deletes what other processes began and did not live to finish. */
function removeAbandoned( path: string ) {
	const folder = dirname( path );
	mkdirSync( folder, { recursive: true } );
	for ( const name of readdirSync( folder ) ) {
		const pid = /\.building-(\d+)$/.exec( name )?.[ 1 ];
		if ( pid && ! existsSync( `/proc/${ pid }` ) ) {
			rmSync( join( folder, name ), { recursive: true, force: true } );
		}
	}
}

function writeSources( root: string, suite: string, { main, security }: DebianMirror ) {
	const source = ( uri: string, suites: string ) =>
		`Types: deb\nURIs: ${ uri }\nSuites: ${ suites }\nComponents: main\nSigned-By: ${ keyring }\n`;
	rmSync( join( root, 'etc/apt/sources.list' ), { force: true } );
	writeFileSync(
		join( root, 'etc/apt/sources.list.d/debian.sources' ),
		[ source( main, `${ suite } ${ suite }-updates` ), source( security, `${ suite }-security` ) ].join( '\n' )
	);
}

/** Changes whenever an image made today would differ for another reason than newer packages. */
function recipeId( kind: ServerKind, mirror: DebianMirror ): string {
	return createHash( 'sha256' )
		.update( JSON.stringify( [ finish, kinds[ kind ], imagePackages, mirror ] ) )
		.digest( 'hex' )
		.slice( 0, 10 );
}
