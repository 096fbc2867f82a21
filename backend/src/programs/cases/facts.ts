// Only for tests
import type { Case, Cases } from './case.ts';

const base64 = ( text: string ) => Buffer.from( text ).toString( 'base64' );
const state = '/var/lib/email-gateway';
const marker = '{"site":{"id":"s","url":"https://example.com"},"serverId":4}';

/** A Debian 12 with a gateway that runs. */
const installed: Pick< Case, 'files' | 'commands' > = {
	files: {
		...{ '/run/systemd/system/': '', '/etc/machine-id': '1234\n', '/etc/ssl/certs/ca-certificates.crt': 'roots' },
		'/etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
		...{
			'/var/spool/postfix/pid/master.pid': ' 77\n',
			'/proc/77/comm': 'master\n',
			'/proc/77/fd/6': '-> socket:[501]',
		},
		'/proc/net/tcp':
			'0: 0100007F:0019 00000000:0000 0A 0:0 00:0 0 0 0 501 1\n1: 0B00060A:0019 00000000:0000 0A 0:0 00:0 0 0 0 900 1\n',
		...{ '/proc/88/comm': 'exim4\n', '/proc/88/fd/3': '-> socket:[900]' },
		'/etc/postfix/main.cf': 'smtp_sasl_password_maps = texthash:/etc/postfix/gateway-3/sasl_passwd\n',
		...{
			'/etc/postfix/master.cf': 'smtp\n',
			'/etc/postfix/gateway-3/sasl_passwd': 'secret',
			'/etc/postfix/mine': '',
		},
		...{ '/etc/aliases': 'ROOT : boss@company.example\nroot: other\n', '/usr/sbin/sendmail': 'postfix' },
		'/var/lib/dpkg/info/postfix.md5sums': '11e868acb4d0d3552993647c02ffc75f  usr/sbin/sendmail\n',
		...{ [ `${ state }/marker` ]: marker, [ `${ state }/job.j1/result` ]: 'result done\n' },
	},
	commands: {
		'dpkg -S /usr/sbin/sendmail': 'postfix: /usr/sbin/sendmail\n',
		'dpkg -L postfix': '/etc/postfix/postfix-files\n',
		'dpkg-query -W -f ${db:Status-Status} postfix': 'installed',
		'dpkg-query -W -f ${db:Status-Status} ${Package}*': 'installed postfix 3.7.11\nconfig-files logrotate 3.21\n',
		'systemctl -q is-*': 0,
		...{
			'postconf -dh mail_version': '3.7.11\n',
			'postconf -n': 'relayhost = x\n',
			'postconf -M': 'smtp inet n\n',
		},
		...{ 'hostname -f': 'web1.example.com\n', hostname: 'web1\n' },
		'apt-cache policy postfix': 'postfix:\n  Installed: 3.7.11\n  Candidate: 3.7.11\n',
	},
};

/** One fact of a server that differs in this, by the phase that tells it. */
const fact = (
	phase: string,
	name: string,
	wanted: RegExp,
	{ files = {}, commands = {} }: Partial< Case >
): Case => ( {
	name,
	files: { ...installed.files, ...files },
	commands: { ...commands, ...installed.commands },
	run: `${ phase }; true`,
	prints: wanted,
} );

const socket = ( [ remote, state, uid, inode ]: ( string | number )[] ) =>
	`0: 0B00060A:A1B2 ${ remote } ${ state } 0:0 00:0 0 ${ uid } 0 ${ inode } 1\n`;

export const facts: Cases = {
	of: { program: 'facts' },
	cases: [
		{
			name: 'a look at an empty server ends, and names what must be there',
			run: 'main',
			stdin: 'key\n',
			prints: /^facts 1\n(.*\n)*machine [0-9a-f]{64}\nsendmail none\n(.*\n)*generation 0\n(.*\n)*queue 0\nstuck 0\nold_queue 0\nend\n$/,
			calls: [],
		},
		{ name: 'a look without a key tells nothing', run: 'main', code: 64 },
		{
			...installed,
			name: 'a look at a server with a gateway tells all of it',
			run: 'main | sed "/^clock [0-9]*$/d; /^room .var.spool.postfix [0-9a-f]* [1-9]/d; s/^\\(machine\\|file [^ ]*\\) [0-9a-f]*/\\1/; s/ [^ ]*$/&/" | sed "/^file/s/ [^ ]*$//"',
			stdin: 'key\n',
			prints: [
				'facts 1',
				`system_id ${ base64( 'debian' ) }`,
				`system_version ${ base64( '12' ) }`,
				`system_name ${ base64( 'Debian GNU/Linux 12 (bookworm)' ) }`,
				'systemd yes',
				`hostname ${ base64( 'web1' ) }`,
				`fqdn ${ base64( 'web1.example.com' ) }`,
				'machine',
				'sendmail postfix',
				'package postfix 3.7.11',
				`candidate ${ base64( '3.7.11' ) }`,
				`missing_files ${ base64( '/etc/postfix/postfix-files\n' ) }`,
				'root_store yes',
				`lost_rights ${ base64( '/usr/sbin/postdrop\n/usr/sbin/postqueue\n' ) }`,
				`postfix_version ${ base64( '3.7.11' ) }`,
				'postfix_running yes',
				'postfix_enabled yes',
				`parameters ${ base64( 'relayhost = x\n' ) }`,
				`services ${ base64( 'smtp inet n\n' ) }`,
				'generation 3',
				`others ${ base64( '/etc/postfix/mine\n' ) }`,
				`root_alias ${ base64( 'boss@company.example' ) }`,
				'waiting_mail_kept yes',
				'queue 0',
				'stuck 0',
				'old_queue 0',
				'listens 0100007F 0019',
				'port25 0B00060A exim4',
				'file /etc/postfix/main.cf 644',
				'file /etc/postfix/master.cf 644',
				'file /etc/postfix/gateway-3/sasl_passwd 644',
				`marker ${ base64( marker ) }`,
				'last_job j1',
				'end',
				'',
			].join( '\n' ),
			calls: [],
		},
		fact( 'system_facts', 'a control panel is named by its folder', /(^|\n)panel plesk\n/, {
			files: { '/usr/local/psa/': '' },
		} ),
		fact(
			'package_facts',
			'a sendmail that is not as its package made it is unpackaged',
			/^sendmail unpackaged\n/,
			{
				files: { '/usr/sbin/sendmail': 'msmtp' },
			}
		),
		fact(
			'package_facts',
			'a sendmail that is a link is told by the program behind it',
			/^sendmail exim4-daemon-light\n/,
			{
				files: { '/usr/sbin/sendmail': '-> /usr/sbin/exim4', '/usr/sbin/exim4': '' },
				commands: { 'dpkg -S */usr/sbin/exim4': 'exim4-daemon-light: /usr/sbin/exim4\n' },
			}
		),
		fact(
			'postfix_facts',
			'a unit that is masked is told, and does not start',
			/^masked postfix@-\.service\n(?![^]*postfix_enabled)/,
			{
				files: { '/etc/systemd/system/postfix@-.service': '-> /dev/null' },
			}
		),
		fact( 'postfix_facts', 'a main.cf that is a link is told', /\nmain_is_link yes\n/, {
			files: { '/etc/postfix/main.cf': '-> /srv/main.cf', '/srv/main.cf': '' },
		} ),
		fact(
			'queue_facts',
			'waiting mail is told with what it has met',
			/\nqueue 2\nstuck 1\ndeferral 1 \d+ 0 c29ycnk=\n/,
			{
				files: {
					...{ '/var/spool/postfix/active/B1': '', '/var/spool/postfix/deferred/A/A1': '' },
					'/var/spool/postfix/defer/A/A1': 'reason=sorry\n',
				},
			}
		),
		fact(
			'queue_facts',
			'a notice of failed delivery counts as no mail of a site',
			/\nqueue 1\nstuck 1\ndeferral 1 \d+ 0 c29ycnk=\n/,
			{
				files: {
					...{ '/var/spool/postfix/deferred/B/B1': '', '/var/spool/postfix/deferred/A/A1': '' },
					...{
						'/var/spool/postfix/defer/A/A1': 'reason=sorry\n',
						'/var/spool/postfix/defer/B/B1': 'reason=no\n',
					},
				},
				commands: {
					'postqueue -j':
						'{"queue_name": "deferred", "queue_id": "B1", "arrival_time": 1, "sender": "MAILER-DAEMON"}\n',
				},
			}
		),
		fact(
			'generation=3 digest_key=; file_facts',
			'a password of ssmtp is told by its path',
			/\nold_credential \/etc\/ssmtp\/ssmtp\.conf\n/,
			{
				files: { '/etc/ssmtp/ssmtp.conf': 'AuthPass=x\n' },
			}
		),
		fact( 'state_facts', 'a run that was cut off is unfinished and dead', /unfinished j1 dead\n/, {
			files: { [ `${ state }/undo/` ]: '', [ `${ state }/owner` ]: 'j1' },
		} ),
		fact( 'system_facts', 'etckeeper is told where it keeps /etc', /\netckeeper yes\n/, {
			files: { '/etc/.git/': '' },
			commands: { etckeeper: 0 },
		} ),
		fact(
			'generation=3 digest_key=; file_facts',
			'a configuration of ours that is a link is not read',
			/^(?![^]*\nfile \/etc\/logrotate)/,
			{
				files: { '/etc/logrotate.d/email-gateway': '-> /etc/machine-id' },
			}
		),
		fact( 'state_facts', 'what a run that was killed has left is told', /^leftovers yes\n/, {
			files: { '/run/email-gateway/payload': '' },
		} ),
		fact( 'state_facts', 'a gateway without a run in between has nothing left over', /^(?!leftovers)/, {} ),
		{
			...installed,
			name: 'a run that goes on is told as that',
			files: {
				...installed.files,
				[ `${ state }/lock` ]: '',
				[ `${ state }/owner` ]: 'j2',
				[ `${ state }/undo/` ]: '',
			},
			run: 'exec 7>>"$state/lock"; flock -n 7; state_facts; true',
			prints: /\nunfinished j2 running\n/,
		},
		{
			...installed,
			name: 'a run that has its result has ended, though it holds the lock',
			files: { ...installed.files, [ `${ state }/lock` ]: '', [ `${ state }/owner` ]: 'j1' },
			run: 'exec 7>>"$state/lock"; flock -n 7; state_facts; true',
			prints: /^(?![^]*unfinished)/,
		},
		fact(
			'see_side_doors; see_side_doors; tell_side_doors',
			'users who connect to mail ports of other machines are told once; not Postfix, root, this machine, or what is being closed',
			/^side_door 2001 shop 5A7100CB 024B\nside_door 2002 - B80D0120000000000000000025000000 0019\n$/,
			{
				files: {
					'/proc/net/tcp': [
						[ '5A7100CB:024B', '01', 2001, 7 ],
						[ '5A7100CB:01BB', '01', 2001, 7 ],
						[ '0100007F:0019', '01', 2001, 7 ],
						[ '5A7100CB:0019', '06', 2001, 0 ],
						[ '5A7100CB:01D1', '01', 106, 7 ],
						[ '5A7100CB:09DD', '01', 0, 7 ],
						[ '00000000:0019', '0A', 2001, 7 ],
					]
						.map( socket )
						.join( '' ),
					'/proc/net/tcp6': [
						[ 'B80D0120000000000000000025000000:0019', '02', 2002, 9 ],
						[ '0000000000000000FFFF00000100007F:0019', '01', 2002, 9 ],
						[ '00000000000000000000000001000000:0019', '01', 2002, 9 ],
					]
						.map( socket )
						.join( '' ),
				},
				commands: {
					'id -u postfix': '106\n',
					'getent passwd 2001': 'shop:x:2001:2001::/:/bin/sh\n',
					'getent passwd 2002': 2,
				},
			}
		),
	],
};
