import { expect, test } from '@jest/globals';
import type { PlannedStep } from '@email-gateway/shared';
import { groupsOf } from './planned.ts';

const step = ( kind: PlannedStep[ 'kind' ], subject: string ): PlannedStep => ( {
	...{ kind, subject, value: null, was: null, why: '' },
} );

test( 'a plan is shown by what it touches, what goes first', () => {
	const plan = [
		step( 'install_package', 'postfix' ),
		step( 'remove_package', 'ssmtp' ),
		step( 'set_parameter', 'relayhost' ),
		step( 'set_parameter', 'myhostname' ),
		step( 'write_file', '/etc/postfix/gateway' ),
		step( 'open_directory', '/etc/postfix' ),
		step( 'remove_file', '/etc/ssmtp' ),
		step( 'restart', 'postfix' ),
	];
	expect(
		groupsOf( plan ).map( ( { title, steps } ) => [ title, ...steps.map( ( { subject } ) => subject ) ] )
	).toEqual( [
		[ 'Removes 2 items', 'ssmtp', '/etc/ssmtp' ],
		[ 'Installs 1 package', 'postfix' ],
		[ 'Changes 2 settings', 'relayhost', 'myhostname' ],
		[ 'Writes 2 files', '/etc/postfix/gateway', '/etc/postfix' ],
		[ 'Starts or reloads 1 service', 'postfix' ],
	] );
	expect( groupsOf( [] ) ).toEqual( [] );
} );
