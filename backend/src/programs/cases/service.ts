// Only for tests
import type { Cases } from './case.ts';

const systemd = { '/run/systemd/system/': '' };
const running = { '/var/spool/postfix/pid/master.pid': '              77\n', '/proc/77/comm': 'master\n' };
const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const socket = ( address: string, inode: number, state = '0A' ) =>
	`   0: ${ address } 00000000:0000 ${ state } 00000000:00000000 00:00000000 00000000     0        0 ${ inode } 1 0 100\n`;

export const service: Cases = {
	of: [ 'service' ],
	cases: [
		{ name: 'a server with the folder of systemd has systemd', files: systemd, run: 'has_systemd' },
		{ name: 'a server without it has none', run: 'has_systemd', code: 1 },
		{ name: 'Postfix runs where its master does', files: running, run: 'master_process', prints: '77\n' },
		{ name: 'Postfix without a pid file does not run', run: 'is_running || exit 1', code: 1 },
		{
			name: 'Postfix does not run where its number belongs to another process',
			files: { ...running, '/proc/77/comm': 'nginx\n' },
			run: 'is_running',
			code: 1,
		},
		{
			name: 'Postfix does not run where its process is gone',
			files: { '/var/spool/postfix/pid/master.pid': '77\n' },
			run: 'is_running',
			code: 1,
		},
		{
			name: 'an empty pid file tells no process',
			files: { '/var/spool/postfix/pid/master.pid': '', '/proc/comm': 'master\n' },
			run: 'is_running',
			code: 1,
		},
		{
			name: 'systemd is asked whether Postfix starts with the server',
			files: systemd,
			commands: { 'systemctl -q is-enabled postfix': 0 },
			run: 'is_enabled',
		},
		{
			name: 'what systemd has not enabled does not start with the server',
			files: { ...systemd, '/etc/rc2.d/S01postfix': '' },
			run: 'is_enabled',
			code: 1,
		},
		{
			name: 'without systemd a link of the runlevel starts it',
			files: { '/etc/rc2.d/S01postfix': '-> /etc/init.d/postfix' },
			run: 'is_enabled',
		},
		{
			name: 'without systemd and link it does not start',
			files: { '/etc/rc2.d/K01postfix': '' },
			run: 'is_enabled || exit 1',
			code: 1,
		},
		{
			name: 'units that are masked are named with where',
			files: {
				'/etc/systemd/system/postfix.service': '-> /dev/null',
				'/run/systemd/system/postfix@-.service': '-> /dev/null',
				'/etc/systemd/system/postfix@.service': '-> /lib/systemd/system/postfix@.service',
			},
			run: 'masked_units',
			prints: 'postfix.service /etc\npostfix@-.service /run\n',
		},
		{ name: 'without masks there is none', files: systemd, run: 'masked_units' },
		{
			name: 'sockets of Postfix listen, whatever the port',
			files: {
				...running,
				'/proc/77/fd/6': '-> socket:[501]',
				'/proc/77/fd/7': '-> socket:[502]',
				'/proc/net/tcp': head + socket( '0100007F:0019', 501 ) + socket( '0100007F:024B', 502 ),
			},
			run: 'sockets',
			prints: 'listens 0100007F 0019\nlistens 0100007F 024B\n',
		},
		{
			name: 'the socket of another program on port 25 is told with its inode',
			files: { ...running, '/proc/net/tcp': head + socket( '0B00060A:0019', 900 ) },
			run: 'sockets',
			prints: 'port25 0B00060A 900\n',
		},
		{
			name: 'other ports of other programs are nobody’s business',
			files: { '/proc/net/tcp': head + socket( '00000000:0050', 901 ) },
			run: 'sockets',
		},
		{
			name: 'a connection on port 25 does not listen',
			files: { '/proc/net/tcp': head + socket( '0B00060A:0019', 902, '01' ) },
			run: 'sockets',
		},
		{
			name: 'IPv6 is read, too',
			files: { '/proc/net/tcp6': head + socket( `${ '0'.repeat( 24 ) }01000000:0019`, 903 ) },
			run: 'sockets',
			prints: `port25 ${ '0'.repeat( 24 ) }01000000 903\n`,
		},
		{
			name: 'an inode that begins like one of Postfix is not Postfix’s',
			files: {
				...running,
				'/proc/77/fd/6': '-> socket:[501]',
				'/proc/net/tcp': head + socket( '0B00060A:0019', 50 ),
			},
			run: 'sockets',
			prints: 'port25 0B00060A 50\n',
		},
	],
};
