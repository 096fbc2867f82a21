import type { IncidentFault } from '../fault.ts';

const unreachable = { expected: [ 'unreachable' ] } as const;

/** Nobody can look at the server. */
export const unreachableFaults: readonly IncidentFault[] = [
	{
		name: 'ssh_dropped',
		what: 'A firewall drops what comes to sshd',
		...unreachable,
		begin: ( { closeSsh } ) => closeSsh( 'drop' ),
		heal: ( { closeSsh } ) => closeSsh( null ),
	},
	{
		name: 'ssh_rejected',
		what: 'A firewall rejects what comes to sshd',
		...unreachable,
		begin: ( { closeSsh } ) => closeSsh( 'reject' ),
		heal: ( { closeSsh } ) => closeSsh( null ),
	},
	{
		name: 'server_hangs',
		what: 'The server hangs: it takes connections and answers nothing',
		...unreachable,
		begin: ( { freeze } ) => freeze( true ),
		heal: ( { freeze } ) => freeze( false ),
	},
	{
		name: 'server_off',
		what: 'The server has no power',
		...unreachable,
		begin: ( { power } ) => power( false ),
		heal: ( { power } ) => power( true ),
	},
	{
		name: 'sshd_stopped',
		what: 'sshd is stopped',
		...unreachable,
		begin: ( { console: atConsole } ) =>
			atConsole( 'systemctl stop ssh ssh.socket 2>/dev/null; systemctl stop ssh' ),
		heal: ( { console: atConsole } ) => atConsole( 'systemctl start ssh' ),
	},
	{
		name: 'key_removed',
		what: 'The key of the backend was removed from authorized_keys',
		...unreachable,
		begin: ( { console: atConsole } ) => atConsole( 'mv /root/.ssh/authorized_keys /root/.ssh/kept' ),
		heal: ( { console: atConsole } ) => atConsole( 'mv /root/.ssh/kept /root/.ssh/authorized_keys' ),
	},
	{
		name: 'host_key_changed',
		what: 'The server shows another host key',
		...unreachable,
		begin: ( { console: atConsole } ) =>
			atConsole(
				'mkdir /root/kept-keys && mv /etc/ssh/ssh_host_* /root/kept-keys && ssh-keygen -q -A && systemctl restart ssh'
			),
		heal: ( { console: atConsole } ) =>
			atConsole(
				'rm /etc/ssh/ssh_host_* && mv /root/kept-keys/* /etc/ssh && rmdir /root/kept-keys && systemctl restart ssh'
			),
	},
];
