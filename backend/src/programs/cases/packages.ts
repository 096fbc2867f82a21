// Only for tests
import type { Cases } from './case.ts';

const state = 'dpkg-query -W -f ${db:Status-Status}';
const sums = '/var/lib/dpkg/info/postfix.md5sums';
const files = {
	'dpkg -L postfix':
		'/.\n/etc\n/etc/postfix\n/etc/postfix/postfix-files\n/usr/sbin/postfix\n/usr/share/doc/postfix\n',
};

export const packages: Cases = {
	of: [ 'packages' ],
	cases: [
		{
			name: 'a package that dpkg does not know is not installed',
			run: 'package_state postfix',
			prints: 'not-installed\n',
		},
		{
			name: 'the state of a package is as dpkg says it',
			commands: { [ `${ state } postfix` ]: 'config-files' },
			run: 'package_state postfix',
			prints: 'config-files',
		},
		{
			name: 'a package of which only configuration stayed is not installed',
			commands: { [ `${ state } postfix` ]: 'config-files' },
			run: 'is_installed postfix',
			code: 1,
		},
		{
			name: 'a package that is half unpacked is not installed',
			commands: { [ `${ state } postfix` ]: 'half-installed' },
			run: 'is_installed postfix',
			code: 1,
		},
		{
			name: 'an installed package is installed',
			commands: { [ `${ state } postfix` ]: 'installed' },
			run: 'is_installed postfix',
		},
		{
			name: 'the package of a path is named',
			commands: { 'dpkg -S /usr/sbin/exim4': 'exim4-daemon-light: /usr/sbin/exim4\n' },
			run: 'package_of /usr/sbin/exim4',
			prints: 'exim4-daemon-light\n',
		},
		{
			name: 'a diversion is no package',
			commands: {
				'dpkg -S *': 'diversion by dash from: /bin/sh\ndiversion by dash to: /bin/sh.distrib\ndash: /bin/sh\n',
			},
			run: 'package_of /bin/sh',
			prints: 'dash\n',
		},
		{
			name: 'of several packages the first is named',
			commands: { 'dpkg -S *': 'exim4-config, exim4-base: /etc/exim4\n' },
			run: 'package_of /etc/exim4',
			prints: 'exim4-config\n',
		},
		{
			name: 'the package of another architecture is named without it',
			commands: { 'dpkg -S *': 'libc6:amd64: /lib/x86_64-linux-gnu/libc.so.6\n' },
			run: 'package_of /lib/x86_64-linux-gnu/libc.so.6',
			prints: 'libc6\n',
		},
		{ name: 'a path that no package has has none', run: 'package_of /usr/local/sbin/sendmail' },
		{
			name: 'missing files are those where the package works',
			commands: files,
			run: 'missing_files postfix',
			prints: '/etc/postfix/postfix-files\n/usr/sbin/postfix\n',
		},
		{
			name: 'a file that is a dead link is not missing',
			commands: files,
			files: { '/etc/postfix/postfix-files': '-> /nowhere', '/usr/sbin/postfix': '' },
			run: 'missing_files postfix',
		},
		{
			name: 'a package with all of its files and its own sendmail is whole',
			commands: files,
			files: {
				'/etc/postfix/postfix-files': '',
				'/usr/sbin/postfix': '',
				'/usr/sbin/sendmail': 'the real one',
				[ sums ]: '37cb3c1d34e5cae89e6e1ddc378bb6ed  usr/sbin/sendmail\n',
			},
			run: 'is_whole postfix',
		},
		{
			name: 'a package whose sendmail is of somebody else is not whole',
			commands: files,
			files: {
				'/etc/postfix/postfix-files': '',
				'/usr/sbin/postfix': '',
				'/usr/sbin/sendmail': 'msmtp',
				[ sums ]: `${ '0'.repeat( 32 ) }  usr/sbin/sendmail\n`,
			},
			run: 'is_whole postfix',
			code: 1,
		},
		{
			name: 'a package with a file less is not whole',
			commands: files,
			files: { '/usr/sbin/postfix': '', '/etc/postfix/': '' },
			run: 'is_whole postfix',
			code: 1,
		},
		{
			name: 'another package is whole without a sendmail',
			commands: { 'dpkg -L logrotate': '/usr/sbin/logrotate\n' },
			files: { '/usr/sbin/logrotate': '' },
			run: 'is_whole logrotate',
		},
		{
			name: 'a sendmail whose package has told no digests is not the one of Postfix',
			files: { '/usr/sbin/sendmail': 'x' },
			run: 'is_postfix_sendmail',
			code: 1,
		},
		{ name: 'dpkg with nothing to complete was not interrupted', run: 'was_dpkg_interrupted', code: 1 },
		{
			name: 'dpkg with a package to complete was interrupted',
			commands: { 'dpkg --audit': 'The following packages are only half configured' },
			run: 'was_dpkg_interrupted',
		},
		{
			name: 'dpkg with a journal of updates was interrupted',
			commands: { 'dpkg --audit': '' },
			files: { '/var/lib/dpkg/updates/0001': '' },
			run: 'was_dpkg_interrupted',
		},
	],
};
