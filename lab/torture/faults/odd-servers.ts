import { disableIpv6 } from '../../servers/firewall.ts';
import { mustHold, type Fault } from '../fault.ts';
import { faultOnServer, mustBeAsBefore } from '../on-a-server.ts';
import { mustSucceed } from '../patient.ts';

const quietly = '>/dev/null 2>&1';

const foreign = `apt-get -q update ${ quietly }
echo 'postfix postfix/main_mailer_type select Internet Site' | debconf-set-selections
echo 'postfix postfix/mailname string old.example' | debconf-set-selections
DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install postfix ${ quietly }
postconf -e 'relayhost = [mail.old.example]:2526' 'inet_interfaces = loopback-only' 'mynetworks = 127.0.0.0/8'`;

/** Its own folder is gone at each start, and Postfix does not start without its log. */
const logInMemory: Fault = {
	name: 'log_in_memory',
	goesWrong: '/var/log is kept in memory: it is empty after each start of the server',
	async run( world ) {
		const patient = await world.freshServer();
		await patient.shell( `echo 'tmpfs /var/log tmpfs size=64m,mode=755 0 0' >>/etc/fstab` );
		await patient.reboot();
		const before = await patient.footprint();
		mustSucceed( await patient.install( { password: await patient.provider.newPassword() } ), 'The install' );
		await patient.arrives( await patient.send() );
		await patient.reboot();
		await patient.arrives( await patient.send() );
		const again = await patient.install( {} );
		mustHold( again.job.result?.verb === 'install_gateway' && again.job.result.alreadyRight, 'It was not right.' );
		mustSucceed( await patient.remove(), 'The removal' );
		mustBeAsBefore( before, await patient.footprint(), 'the removal' );
		return 'mail arrives after a start, too, and the gateway is as it was installed';
	},
};

/** Servers as people have set them up, with nothing broken: an install goes through, and Remove gives back each oddity. */
export const oddServerFaults = [
	logInMemory,
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
	faultOnServer( {
		name: 'sendmail_diverted',
		goesWrong: '/usr/sbin/sendmail is diverted by dpkg-divert, and a link of someone’s is in its place',
		arrange: async ( { shell } ) => {
			await shell(
				`dpkg-divert --local --rename --add /usr/sbin/sendmail ${ quietly }; ln -s /bin/true /usr/sbin/sendmail`
			);
		},
		wishes: { consents: [ 'replace_foreign_postfix' ] },
		expect: {
			code: 'packages_refused',
			changed: 'nothing',
			said: /is diverted to .*dpkg-divert --rename --remove/,
		},
		heal: async ( { shell } ) => {
			await shell( `rm /usr/sbin/sendmail; dpkg-divert --rename --remove /usr/sbin/sendmail ${ quietly }` );
		},
	} ),
	faultOnServer( {
		name: 'ipv6_disabled',
		goesWrong: 'The server has no IPv6, not even on loopback',
		arrange: ( { server } ) => disableIpv6( server.name ),
		expect: 'installed',
	} ),
	faultOnServer( {
		name: 'umask_077',
		goesWrong: 'Files of root are for root only: umask 077 in every place where it can be set',
		arrange: async ( { shell } ) => {
			await shell( `echo 'umask 077' | tee -a /etc/profile /root/.profile /root/.bashrc >>/etc/bash.bashrc
			sed -i 's/^UMASK.*/UMASK 077/' /etc/login.defs; echo 'session optional pam_umask.so umask=0077' >>/etc/pam.d/common-session` );
		},
		expect: 'installed',
	} ),
	faultOnServer( {
		name: 'hosts_without_localhost',
		goesWrong: 'localhost stands for ::1 alone in /etc/hosts, and the server’s name has no dot',
		arrange: async ( { shell } ) => {
			await shell(
				`sed -i '/^127\\./d' /etc/hosts; echo '::1 localhost' >>/etc/hosts; echo web >/etc/hostname; hostname web`
			);
		},
		expect: 'installed',
	} ),
	faultOnServer( {
		name: 'accounts_left_behind',
		goesWrong: 'The user postfix and the group postdrop are there from earlier, with other numbers and a shell',
		arrange: async ( { shell } ) => {
			await shell(
				`groupadd -g 3001 postdrop; groupadd -g 3002 postfix; useradd -u 3002 -g 3002 -d /home/postfix -s /bin/bash postfix`
			);
		},
		expect: 'installed',
	} ),
	faultOnServer( {
		name: 'mailing_lists',
		goesWrong: 'A Postfix with mailing lists, procmail and mailboxes of the domain that the server is called like',
		arrange: async ( { shell } ) => {
			await shell( `${ foreign }
			postconf -e 'mydestination = old.example, localhost' 'mailbox_command = /usr/bin/procmail -a "$EXTENSION"' \
				'transport_maps = hash:/etc/postfix/transport' 'virtual_alias_maps = hash:/etc/postfix/virtual' 'recipient_delimiter = +'
			postconf -M -e 'mailman/unix=mailman unix - n n - - pipe flags=FRX user=list argv=/usr/lib/mailman/bin/postfix-to-mailman.py \${nexthop} \${user}'
			echo 'lists.old.example mailman:' >/etc/postfix/transport; echo 'info@old.example ops' >/etc/postfix/virtual
			printf 'root: ops\\nlist: "|/usr/bin/procmail -t"\\n' >/etc/aliases
			postmap /etc/postfix/transport /etc/postfix/virtual; newaliases; systemctl restart postfix` );
		},
		expect: { code: 'foreign_postfix', changed: 'nothing' },
		healedWishes: { consents: [ 'replace_foreign_postfix' ] },
		async afterwards( { shell } ) {
			const kept = await shell(
				'postconf -h mydestination; postconf -M mailman/unix | wc -l; systemctl is-active postfix'
			);
			mustHold( kept === 'old.example, localhost\n1\nactive\n', `It was given back as ${ kept }` );
			return 'agreed to; Remove gave lists and mailboxes back, and they run';
		},
	} ),
	faultOnServer( {
		name: 'two_instances',
		goesWrong: 'Two Postfixes run on the server, made by postmulti',
		arrange: async ( { shell } ) => {
			await shell( `${ foreign }
			postmulti -e init; postmulti -I postfix-out -G out -e create
			postconf -c /etc/postfix-out -e 'inet_interfaces = loopback-only' 'master_service_disable =' 'authorized_submit_users ='
			postconf -c /etc/postfix-out -M -e 'smtp/inet=2626 inet n - y - - smtpd'; postconf -c /etc/postfix-out -MX smtp/inet || true
			postconf -c /etc/postfix-out -M -e '2626/inet=2626 inet n - y - - smtpd'
			postmulti -i postfix-out -e enable; systemctl daemon-reload; systemctl restart postfix; sleep 2
			ss -Hltn 'sport = :2626' | grep -q .` );
		},
		expect: { code: 'foreign_postfix', changed: 'nothing' },
		healedWishes: { consents: [ 'replace_foreign_postfix' ] },
	} ),
	faultOnServer( {
		name: 'exim4_split',
		goesWrong: 'exim4 with split configuration sends through a smarthost, and has frozen mail in its queue',
		arrange: async ( { shell } ) => {
			await shell( `apt-get -q update ${ quietly }
			DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install exim4-daemon-light ${ quietly }
			sed -i "s/^dc_eximconfig_configtype=.*/dc_eximconfig_configtype='smarthost'/; s/^dc_smarthost=.*/dc_smarthost='mail.old.example::587'/; s/^dc_use_split_config=.*/dc_use_split_config='true'/" /etc/exim4/update-exim4.conf.conf
			echo '*:mailer:old-password' >>/etc/exim4/passwd.client; echo 'MAIN_TLS_ENABLE = yes' >/etc/exim4/conf.d/main/00_local
			update-exim4.conf; systemctl restart exim4
			for n in 1 2 3; do printf 'Subject: frozen\\n\\nx\\n' | exim4 -odq -f root "nobody$n@example.org"; done
			exim4 -Mf $(exim4 -bp | awk '/</ { print $3 }') >/dev/null; exim4 -bp | grep -q frozen` );
		},
		expect: 'installed',
		async afterwards( { shell } ) {
			const kept = await shell(
				'exim4 -bpc; systemctl is-active exim4; grep -c old-password /etc/exim4/passwd.client'
			);
			mustHold( kept === '3\nactive\n1\n', `It was given back as ${ kept }` );
			return 'restored with its configuration, and three frozen messages in its queue';
		},
	} ),
];
