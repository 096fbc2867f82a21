// Only for tests
import type { Cases } from './case.ts';

const blocks = ( mount: string, free: number ) =>
	`Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 900000 1 900000 1% /usr\n/dev/sda2 900000 1 ${ free } 1% ${ mount }\n`;
const inodes = ( total: number, free: number ) =>
	`Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda2 ${ total } 1 ${ free } 1% /var\n`;

export const disk: Cases = {
	of: [ 'disk' ],
	cases: [
		{
			name: 'the least free space of all is what is free',
			commands: { 'df -Pk usr var etc': blocks( '/var', 4096 ) },
			run: 'free_kib',
			prints: '4096\n',
		},
		{
			name: 'a place with too little room is named with both numbers',
			commands: { 'df -Pk *': blocks( '/var/log', 512 ) },
			run: 'full_place 1024 16',
			prints: 'where /var/log freeKib 512 neededKib 1024\n',
		},
		{
			name: 'a place without free inodes is named with both numbers',
			commands: { 'df -Pk *': blocks( '/var', 4096 ), 'df -Pi *': inodes( 1000, 3 ) },
			run: 'full_place 1024 16',
			prints: 'where /var freeInodes 3 neededInodes 16\n',
		},
		{
			name: 'a file system that counts no inodes is not full',
			commands: { 'df -Pk *': blocks( '/var', 4096 ), 'df -Pi *': inodes( 0, 0 ) },
			run: 'full_place 1024 16',
		},
		{
			name: 'where all have room none is named',
			commands: { 'df -Pk *': blocks( '/var', 4096 ), 'df -Pi *': inodes( 1000, 900 ) },
			run: 'full_place 1024 16',
		},
		{
			name: 'a file is written with its mode, and nothing stays beside it',
			files: { '/etc/postfix/': '' },
			run: 'echo new | write_file "$root/etc/postfix/main.cf" 0644 && stat -c %a "$root/etc/postfix/main.cf"; ls "$root/etc/postfix"',
			prints: '644\nmain.cf\n',
			leaves: { '/etc/postfix/main.cf': 'new\n' },
		},
		{
			name: 'a file is replaced, not written into: a link to another stays what that was',
			files: { '/etc/a': '-> /srv/b', '/srv/b': 'of others' },
			run: 'echo new | write_file "$root/etc/a" 0600',
			leaves: { '/etc/a': 'new\n', '/srv/b': 'of others' },
		},
		{
			name: 'a file that cannot take its name leaves nothing behind',
			files: { '/etc/a/': '' },
			run: 'echo new | write_file "$root/etc/a" 0600 2>/dev/null || { ls "$root/etc"; exit 1; }',
			prints: 'a\n',
			code: 1,
		},
		{
			name: 'what is copied aside has its own path, and its folder keeps its mode',
			files: { '/etc/postfix/main.cf': 'x', '/undo/': '' },
			run: 'chmod 700 "$root/undo"; copy_aside /etc/postfix "$root/undo" && stat -c %a "$root/undo"',
			prints: '700\n',
			leaves: { '/undo/etc/postfix/main.cf': 'x' },
		},
		{
			name: 'what is not there cannot be copied aside',
			files: { '/undo/': '' },
			run: 'copy_aside /etc/x "$root/undo" 2>/dev/null',
			code: 1,
		},
		{
			name: 'a folder that is forgotten is gone, and what was half forgotten before with it',
			files: { '/undo/a': '', '/undo.old/b': '' },
			run: 'forget "$root/undo"',
			leaves: { '/undo': null, '/undo.old': null },
		},
		{
			name: 'the same contents, modes and names are the same',
			files: { '/a/x/f': '1', '/b/x/f': '1' },
			run: 'is_same "$root/a/x" "$root/b/x"',
		},
		{
			name: 'other contents are not the same',
			files: { '/a/x/f': '1', '/b/x/f': '2' },
			run: 'is_same "$root/a/x" "$root/b/x"',
			code: 1,
		},
		{
			name: 'another mode is not the same',
			files: { '/a/x/f': '1', '/b/x/f': '1' },
			run: 'chmod 600 "$root/b/x/f"; is_same "$root/a/x" "$root/b/x"',
			code: 1,
		},
		{
			name: 'a link in the place of a file is not the same',
			files: { '/a/x/f': '1', '/b/x/f': '-> /a/x/f' },
			run: 'is_same "$root/a/x" "$root/b/x"',
			code: 1,
		},
		{
			name: 'the room that was kept back is given up',
			files: { '/var/lib/email-gateway/room': 'x', '/var/log/.email-gateway-room': 'x' },
			run: 'give_up_room',
			leaves: { '/var/lib/email-gateway/room': null, '/var/log/.email-gateway-room': null },
		},
	],
};
