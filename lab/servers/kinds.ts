/** The systems a lab server can have: the name on the command line and the suite at the mirror. */
export const kinds = {
	debian12: { suite: 'bookworm' },
	debian13: { suite: 'trixie' },
} as const;

export type ServerKind = keyof typeof kinds;

/** What a freshly rented server has, as far as a mail relay meets it; PHP because sites send with it. No MTA. */
export const imagePackages = [
	...[ 'systemd', 'systemd-sysv', 'dbus', 'libpam-systemd', 'openssh-server' ],
	...[ 'sudo', 'ca-certificates', 'iproute2', 'procps', 'netbase', 'openssl' ],
	...[ 'php-cli', 'less', 'logrotate', 'cron', 'tzdata', 'adduser' ],
];

export function isServerKind( text: string ): text is ServerKind {
	return Object.hasOwn( kinds, text );
}
