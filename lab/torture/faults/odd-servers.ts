import { mustHold } from '../fault.ts';
import { faultOnServer } from '../on-a-server.ts';

const quietly = '>/dev/null 2>&1';

/** Servers as people have set them up, with nothing broken: an install goes through, and Remove gives back each oddity. */
export const oddServerFaults = [
	faultOnServer( {
		name: 'postfix_left_behind',
		goesWrong: 'Postfix was removed once and not purged: its old main.cf and a file of someone’s are still there',
		arrange: async ( { shell } ) => {
			await shell( `apt-get -q update ${ quietly }
			echo 'postfix postfix/main_mailer_type select Internet Site' | debconf-set-selections
			DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install postfix ${ quietly }
			postconf -e 'relayhost = [mail.old.example]' && echo secret >/etc/postfix/sasl_old
			DEBIAN_FRONTEND=noninteractive apt-get -q -y remove postfix ${ quietly }` );
		},
		expect: 'installed',
		async afterwards( { shell } ) {
			const kept = await shell( 'cat /etc/postfix/sasl_old; grep -c old.example /etc/postfix/main.cf' );
			mustHold( kept === 'secret\n1\n', `It left ${ kept }` );
			return 'its old configuration was restored';
		},
	} ),
	faultOnServer( {
		name: 'aliases_is_a_link',
		goesWrong: '/etc/aliases is a link to /etc/mail/aliases',
		arrange: async ( { shell } ) => {
			await shell( `mkdir -p /etc/mail; echo 'root: boss' >/etc/mail/aliases; ln -sf mail/aliases /etc/aliases` );
		},
		expect: 'installed',
	} ),
	faultOnServer( {
		name: 'services_forbidden',
		goesWrong: '/usr/sbin/policy-rc.d forbids packages to start their services',
		arrange: async ( { shell } ) => {
			await shell( `printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d` );
		},
		expect: 'installed',
	} ),
	faultOnServer( {
		name: 'run_and_tmp_noexec',
		goesWrong: '/run and /tmp are mounted noexec',
		arrange: async ( { shell } ) => {
			await shell( `mount -t tmpfs -o noexec,mode=1777 tmpfs /tmp; mount -o remount,noexec /run` );
		},
		expect: 'installed',
	} ),
	faultOnServer( {
		name: 'spool_is_a_mount',
		goesWrong: '/var/spool/postfix is a file system of its own',
		arrange: async ( { shell } ) => {
			await shell( `mkdir -p /var/spool/postfix; mount -t tmpfs -o size=64m,mode=755 tmpfs /var/spool/postfix` );
		},
		expect: 'installed',
	} ),
	faultOnServer( {
		name: 'documentation_excluded',
		goesWrong: 'dpkg is told to leave out documentation and manual pages, as on images of containers',
		arrange: async ( { shell } ) => {
			await shell(
				`printf 'path-exclude=/usr/share/doc/*\\npath-exclude=/usr/share/man/*\\n' >/etc/dpkg/dpkg.cfg.d/torture`
			);
		},
		expect: 'installed',
	} ),
];
