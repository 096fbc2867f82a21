import { blockPorts } from '../../servers/firewall.ts';
import { faultOnServer } from '../on-a-server.ts';
import { freezeAt } from '../freeze.ts';

const packageCachePort = 3142;

/** Holds the package system's lock as dpkg itself does, which is not how flock(1) does. */
const holdLock = ( seconds: number ) => `cat >/run/hold.pl <<'END'
use Fcntl;
open( my $lock, '>>', '/var/lib/dpkg/lock-frontend' ) or die;
my $all = pack( 's s x4 q q i x4', F_WRLCK, 0, 0, 0, 0 );
fcntl( $lock, F_SETLK, $all ) or die;
sleep ${ seconds };
END
setsid perl /run/hold.pl </dev/null >/dev/null 2>&1 &
holder=$!
sleep 0.5
rm /run/hold.pl
kill -0 $holder || exit`;

/** A package of our own whose configuration fails as long as a file is there. */
const halfConfigured = `touch /run/stays-broken
mkdir -p /tmp/half/DEBIAN && cd /tmp/half
printf 'Package: half\\nVersion: 1\\nArchitecture: all\\nMaintainer: nobody <nobody@example.org>\\nDescription: never configured\\n' >DEBIAN/control
printf '#!/bin/sh\\n[ ! -e /run/stays-broken ]\\n' >DEBIAN/postinst
chmod 755 DEBIAN/postinst
dpkg-deb -b . /tmp/half.deb >/dev/null && dpkg --unpack /tmp/half.deb >/dev/null
rm -rf /tmp/half /tmp/half.deb`;

export const packageFaults = [
	faultOnServer( {
		name: 'package_lock_held',
		goesWrong: 'Another program holds the lock of dpkg for 60 s',
		arrange: async ( { shell } ) => void ( await shell( holdLock( 60 ) ) ),
		expect: 'installed',
		takesAtLeast: 50,
	} ),
	faultOnServer( {
		name: 'mirror_refuses',
		goesWrong: 'The apt mirror is gone: nothing listens there',
		arrange: async ( { shell } ) => {
			await shell( `apt-get clean; sed -i 's/:${ packageCachePort }/:1/' /etc/apt/apt.conf.d/90lab-cache` );
		},
		expect: { code: 'packages_unavailable', changed: 'undone' },
		heal: async ( { shell } ) =>
			void ( await shell( `sed -i 's/:1"/:${ packageCachePort }"/' /etc/apt/apt.conf.d/90lab-cache` ) ),
	} ),
	faultOnServer( {
		name: 'mirror_silent',
		goesWrong: 'The apt mirror is gone: packets to it vanish',
		arrange: async ( { server, shell } ) => {
			await shell( 'apt-get clean' );
			await blockPorts( server.name, [ packageCachePort ] );
		},
		expect: { code: 'packages_unavailable', changed: 'undone' },
		heal: ( { server } ) => blockPorts( server.name, [] ),
	} ),
	faultOnServer( {
		name: 'package_unpacked',
		goesWrong: 'A package was unpacked and never configured, as an interrupted upgrade leaves it',
		arrange: async ( { shell } ) => void ( await shell( `${ halfConfigured }; rm /run/stays-broken` ) ),
		expect: 'installed',
		mayDiffer: /^i. *half/,
	} ),
	faultOnServer( {
		name: 'package_half_configured',
		goesWrong: 'A package cannot be configured: its own script fails each time',
		arrange: async ( { shell } ) => void ( await shell( halfConfigured ) ),
		expect: { code: 'package_system_broken', changed: 'undone' },
		mayDiffer: /^i. *half/,
		heal: async ( { shell } ) => void ( await shell( 'rm /run/stays-broken; dpkg --configure -a' ) ),
	} ),
	faultOnServer( {
		name: 'package_manager_killed',
		goesWrong: 'dpkg is killed with -9 while it unpacks Postfix',
		async meanwhile( { server, shell } ) {
			const run = await freezeAt( server, { step: 'packages', program: 'dpkg-deb' } );
			await shell( 'pkill -9 -x "dpkg|dpkg-deb"' );
			await run.thaw();
		},
		expect: { code: 'package_system_broken', changed: 'undone' },
	} ),
];
