import type { Trouble } from '@email-gateway/shared';
import { changes } from '../../torture/faults/changed-by-hand.ts';
import type { IncidentFault } from '../fault.ts';

/** Where it is more than a difference. */
const otherwise: Record< string, readonly Trouble[] > = {
	postfix_stopped: [ 'stopped' ],
	sendmail_replaced: [ 'replaced' ],
	// Postfix does not always start on these
	spool_of_root: [ 'changed', 'stopped' ],
	log_folder_gone: [ 'changed', 'stopped' ],
};

/** What people do to a gateway by hand: each is put right by Reinstall. */
const byTorture = changes.map(
	( { name, goesWrong, change } ): IncidentFault => ( {
		name,
		what: goesWrong,
		expected: otherwise[ name ] ?? [ 'changed' ],
		// a Postfix that does not start again is part of what was done
		begin: async ( { shell } ) => void ( await shell( `( ${ change } ) || :` ) ),
		heal: ( { reinstall } ) => reinstall(),
	} )
);

/** The file of a map that a parameter names. */
const mapOf = ( parameter: string ) => `"$(postconf -h ${ parameter } | sed 's/^[a-z]*://; s/[, ].*//')"`;

const more: ( Pick< IncidentFault, 'name' | 'what' > & { change: string } )[] = [
	{
		name: 'relayhost_changed',
		what: 'relayhost is set to another provider',
		change: `postconf -e 'relayhost=[mail.other.test]:587'; postfix reload`,
	},
	{
		name: 'sign_in_off',
		what: 'smtp_sasl_auth_enable is switched off',
		change: 'postconf -e smtp_sasl_auth_enable=no; postfix reload',
	},
	{
		name: 'tls_weakened',
		what: 'Certificates are no longer checked: smtp_tls_security_level=may',
		change: 'postconf -e smtp_tls_security_level=may; postfix reload',
	},
	{
		name: 'password_overwritten',
		what: 'Someone wrote another password into the map',
		change: `map=${ mapOf(
			'smtp_sasl_password_maps'
		) }; [ -s "$map" ] && sed -i 's/:[^:]*$/:other/' "$map"; postfix reload`,
	},
	{
		name: 'password_readable',
		what: 'The map with the password can be read by everybody',
		change: `map=${ mapOf( 'smtp_sasl_password_maps' ) }; [ -s "$map" ] && chmod 644 "$map"`,
	},
	{
		name: 'networks_opened',
		what: 'mynetworks lets everybody send',
		change: 'postconf -e mynetworks=0.0.0.0/0; postfix reload',
	},
];

export const byHand: readonly IncidentFault[] = [
	...byTorture,
	...more.map(
		( { change, ...named } ): IncidentFault => ( {
			...named,
			expected: [ 'changed' ],
			begin: async ( { shell } ) => void ( await shell( change ) ),
			heal: ( { reinstall } ) => reinstall(),
		} )
	),
];
