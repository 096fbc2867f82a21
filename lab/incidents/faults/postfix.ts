import type { IncidentFault } from '../fault.ts';

/** Postfix itself; put right by an administrator, not by us. */
export const postfix: readonly IncidentFault[] = [
	{
		name: 'postfix_down',
		what: 'Postfix is stopped, and started again by hand',
		expected: [ 'stopped' ],
		begin: async ( { shell } ) => void ( await shell( 'systemctl stop postfix' ) ),
		heal: async ( { shell } ) => void ( await shell( 'systemctl start postfix' ) ),
	},
	{
		name: 'postfix_killed',
		what: 'Postfix is killed with -9, as where memory runs out',
		expected: [ 'stopped' ],
		begin: async ( { shell } ) => void ( await shell( 'pkill -9 -x master; sleep 1' ) ),
		heal: async ( { shell } ) => void ( await shell( 'systemctl restart postfix' ) ),
	},
	{
		name: 'postfix_disabled',
		what: 'Postfix runs, and will not after the next start of the server',
		expected: [ 'changed' ],
		begin: async ( { shell } ) => void ( await shell( 'systemctl -q disable postfix' ) ),
		heal: async ( { shell } ) => void ( await shell( 'systemctl -q enable postfix' ) ),
	},
	{
		name: 'postfix_removed',
		what: 'Another mail system was installed, which removed Postfix',
		expected: [ 'replaced' ],
		begin: async ( { shell } ) =>
			void ( await shell(
				'apt-get -q update >/dev/null 2>&1; DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install msmtp-mta >/dev/null 2>&1'
			) ),
		heal: ( { reinstall } ) => reinstall(),
	},
];
