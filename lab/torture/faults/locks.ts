import type { ErrorCode } from '@email-gateway/shared';

/** What somebody locked on a server, and what must be said about it. */
export interface Lock {
	name: string;
	goesWrong: string;
	lock: string;
	unlock: string;
	code: ErrorCode;
	/** What stands under “Technical details”. */
	said: RegExp;
	isSample?: boolean;
}

/** A folder on a small file system of its own, with what is in it. */
const ownDisk = ( folder: string, options: string ) =>
	`mkdir -p /mnt/aside && cp -a ${ folder }/. /mnt/aside/ && mount -t tmpfs -o ${ options } tmpfs ${ folder } && cp -a /mnt/aside/. ${ folder }/ && rm -rf /mnt/aside`;

const fullLog = `${ ownDisk( '/var/log', 'size=24m' ) } && dd if=/dev/zero of=/var/log/filler bs=64k 2>/dev/null; true`;

const aptConf = '/etc/apt/apt.conf.d/99torture';

export const atInstall: Lock[] = [
	{
		name: 'log_disk_full',
		goesWrong: '/var/log is a file system of its own, and full',
		lock: fullLog,
		unlock: 'umount -l /var/log',
		code: 'disk_full',
		said: /"where":"\/var\/log"/,
	},
	{
		name: 'log_without_inodes',
		goesWrong: '/var/log has space, and no inodes',
		lock: `${ ownDisk(
			'/var/log',
			'size=24m,nr_inodes=400'
		) }; for n in $(seq 400); do touch /var/log/filler.$n; done 2>/dev/null; true`,
		unlock: 'umount -l /var/log',
		code: 'disk_full',
		said: /"freeInodes":0/,
	},
	{
		name: 'package_held_before',
		goesWrong: 'postfix was put on hold before the install',
		lock: 'apt-mark hold postfix',
		unlock: 'apt-mark unhold postfix',
		code: 'packages_refused',
		said: /Held packages were changed/,
	},
	{
		name: 'package_pinned_away',
		goesWrong: 'A pin forbids the package postfix',
		lock: "printf 'Package: postfix\\nPin: release *\\nPin-Priority: -1\\n' >/etc/apt/preferences.d/torture",
		unlock: 'rm /etc/apt/preferences.d/torture',
		code: 'packages_refused',
		said: /"output":"E: Package 'postfix' has no installation candidate/,
	},
	{
		name: 'source_malformed',
		goesWrong: 'A list of package sources has a typo',
		lock: "echo 'deb htp//nowhere' >/etc/apt/sources.list.d/torture.list",
		unlock: 'rm /etc/apt/sources.list.d/torture.list',
		code: 'packages_unavailable',
		said: /"output":"E: Malformed entry 1 in list file/,
	},
	{
		name: 'default_release_unknown',
		goesWrong: 'APT::Default-Release names a release that no source has',
		lock: `echo 'APT::Default-Release "nowhere";' >${ aptConf }`,
		unlock: `rm ${ aptConf }`,
		code: 'packages_unavailable',
		said: /"output":"E: The value 'nowhere' is invalid for APT::Default-Release/,
	},
	{
		name: 'aliases_immutable',
		goesWrong: '/etc/aliases is immutable',
		lock: 'touch /etc/aliases; chattr +i /etc/aliases',
		unlock: 'chattr -i /etc/aliases',
		code: 'files_not_writable',
		said: /"output":"\/etc\/aliases is immutable/,
	},
	{
		name: 'state_folder_is_a_link',
		goesWrong: '/var/lib/email-gateway is a link to another folder',
		lock: 'rm -rf /var/lib/email-gateway; mkdir -p /srv/elsewhere; ln -s /srv/elsewhere /var/lib/email-gateway',
		unlock: 'rm /var/lib/email-gateway; rmdir /srv/elsewhere',
		code: 'state_folder_foreign',
		said: /\{\}/,
	},
];

/** What keeps Remove from ending is noticed before it begins: mail goes on, and after the cure Remove goes through. */
export const atRemove: Lock[] = [
	{
		name: 'remove_package_held',
		goesWrong: 'postfix was put on hold after the install, then Remove',
		lock: 'apt-mark hold postfix',
		unlock: 'apt-mark unhold postfix',
		code: 'packages_refused',
		said: /Held packages were changed/,
		isSample: true,
	},
	{
		name: 'remove_main_cf_immutable',
		goesWrong: 'main.cf is immutable (chattr +i) when the gateway is removed',
		lock: 'chattr +i /etc/postfix/main.cf',
		unlock: 'chattr -i /etc/postfix/main.cf',
		code: 'files_not_writable',
		said: /"output":"\/etc\/postfix\/main.cf is immutable/,
	},
	{
		name: 'remove_folder_immutable',
		goesWrong: 'The folder /etc/postfix is immutable when the gateway is removed',
		lock: 'chattr +i /etc/postfix',
		unlock: 'chattr -i /etc/postfix',
		code: 'files_not_writable',
		said: /"output":"\/etc\/postfix is immutable/,
	},
	{
		name: 'remove_program_immutable',
		goesWrong: 'A program of the package is immutable when the gateway is removed',
		lock: 'chattr +i /usr/sbin/postqueue',
		unlock: 'chattr -i /usr/sbin/postqueue',
		code: 'files_not_writable',
		said: /postqueue is immutable/,
	},
	{
		name: 'remove_log_disk_full',
		goesWrong: '/var/log, a file system of its own, is full when the gateway is removed',
		lock: fullLog,
		unlock: 'umount -l /var/log',
		code: 'disk_full',
		said: /"where":"\/var\/log"/,
	},
	{
		name: 'remove_source_malformed',
		goesWrong: 'The package sources have a typo when the gateway is removed',
		lock: "echo 'deb htp//nowhere' >/etc/apt/sources.list.d/torture.list",
		unlock: 'rm /etc/apt/sources.list.d/torture.list',
		code: 'package_system_broken',
		said: /"output":"E: Malformed entry 1 in list file/,
	},
];
