// Only for tests
import { changing } from '../compose.ts';
import type { Case, Cases } from './case.ts';

const from = '/undo';
const mounts = { '/proc/self/mountinfo': '' };
const among = ( name: string, more: Partial< Case > ): Case => ( {
	name,
	run: 'printf "%s\\n" "$root/etc/aliases" "$root/etc/postfix" >"$root/list"; immutable_among "$root/list" | sed "s#$root##"',
	...more,
	files: { '/etc/aliases': 'root: me\n', '/etc/postfix/main.cf': '', ...more.files },
} );
/** What ends with `fail` does not come back: its code is 0 only where nothing was refused. */
const touched = ( name: string, more: Partial< Case > ): Case => ( {
	name,
	run: 'run=$root/run; fail() { shift 2; printf "%s\\n" "$*" | sed "s#$root##"; exit 1; }; refuse_unwritable ""',
	...more,
	files: { '/run/': '', '/etc/aliases': '', '/etc/postfix/main.cf': '', ...mounts, ...more.files },
} );
const accounts = ( name: string, etc: string, leaves: string, more: Partial< Case > = {} ): Case => ( {
	name,
	run: `give_accounts "$root${ from }"`,
	...more,
	files: { [ `${ from }/of_passwd` ]: 'postfix:x:104:109::/x:/bin/false\n', '/etc/passwd': etc, ...more.files },
	leaves: { '/etc/passwd': leaves },
} );

/** What is tried before the first change, and the accounts that are given back. */
export const rehearse: Cases = {
	of: changing,
	cases: [
		among( 'an immutable file is named, by its attribute', {
			commands: { 'lsattr *': '----i---------e------- /etc/aliases\n--------------e------- /etc/postfix\n' },
			prints: '/etc/aliases\n',
		} ),
		among( 'a folder that takes additions only is named, too', {
			commands: { 'lsattr *': '-----a--------e------- /etc/postfix\n' },
			prints: '/etc/postfix\n',
		} ),
		among( 'where nothing is immutable nothing is named', {
			commands: { 'lsattr *': '--------------e------- /etc/aliases\n' },
		} ),
		{
			name: 'files of the mail system are touched, and those of packages that go, each once',
			files: { '/etc/aliases': '', '/etc/postfix/main.cf': '' },
			commands: { 'dpkg -L exim4': '/etc/exim4\n/etc/aliases\n' },
			run: 'touched_paths exim4 | sed "s#^$root##"',
			prints: '/etc/aliases\n/etc/exim4\n/etc/postfix\n/etc/postfix/main.cf\n',
		},
		touched( 'a server whose files may be replaced is not refused', { commands: { 'lsattr *': '' } } ),
		touched( 'a file that is a mount of its own is refused by its name', {
			run: 'run=$root/run; printf "1 2 3 / /etc/aliases rw\\n" >"$root/proc/self/mountinfo"; fail() { shift 2; printf "%s\\n" "$*" | sed "s#$root##"; exit 1; }; refuse_unwritable ""',
			commands: { 'lsattr *': '' },
			prints: '/etc/aliases is a mount of its own\n',
			code: 1,
		} ),
		touched( 'a folder that is a mount is no obstacle', {
			files: { '/proc/self/mountinfo': '1 2 3 / /etc/postfix rw\n' },
			commands: { 'lsattr *': '' },
		} ),
		accounts(
			'an account that its package took away is back with the number that it had',
			'root:x:0:0::/root:/bin/sh\n',
			'root:x:0:0::/root:/bin/sh\npostfix:x:104:109::/x:/bin/false\n'
		),
		accounts(
			'an account that is there is not written twice',
			'postfix:x:200:201::/x:/bin/false\n',
			'postfix:x:200:201::/x:/bin/false\n'
		),
		accounts(
			'a name that only begins alike is another account',
			'postfix2:x:1:1::/x:/bin/false\n',
			'postfix2:x:1:1::/x:/bin/false\npostfix:x:104:109::/x:/bin/false\n'
		),
	],
};
