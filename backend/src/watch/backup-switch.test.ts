import { expect, test } from '@jest/globals';
import type { Cause, SwitchReason, WaitingReason } from '@email-gateway/shared';
import { matters } from '../gateway/reading/matters.ts';
import { leastOnBackupMs, stepBackup, type BackupKnown } from './backup-switch.ts';

const minute = 60_000;
const hour = 60 * minute;
const at = Date.parse( '2026-12-01T12:00:00Z' );

/** Mail that waits: first met so many minutes ago, last one minute ago. */
const reason = ( cause: Cause, { min = 20, lastMin = 1 } = {} ): WaitingReason => ( {
	...{ cause, ...matters[ cause ], stands: false, reply: '', route: null, count: 3, looks: 4 },
	...{ since: at / 1000 - min * 60, lastAt: at / 1000 - lastMin * 60 },
} );
const on = ( why: SwitchReason, minutes: number ) => ( { why, since: at - minutes * minute } );
const known = ( change: Partial< BackupKnown > ): BackupKnown => ( {
	rules: { automatic: true, atLimit: false, afterMinutes: 15 },
	...{ sameProvider: false, active: null, reasons: [], before: change.reasons ?? [], acceptedAt: null },
	...{ proved: null, switchedAt: [], failedAt: [], failedOfAccount: 0, at },
	...change,
} );
const told = ( change: Partial< BackupKnown > ) => {
	const step = stepBackup( known( change ) );
	return step.do === 'switch' ? `switch: ${ step.why }` : step.do;
};
const rules = ( change: Partial< BackupKnown[ 'rules' ] > ) => ( { ...known( {} ).rules, ...change } );

test.each( [
	[ 'nothing waits', {}, 'stay' ],
	[ 'a login is refused', { reasons: [ reason( 'wrong_credentials' ) ] }, 'switch: login' ],
	[ 'an account is suspended', { reasons: [ reason( 'account_suspended' ) ] }, 'switch: account' ],
	[ 'a provider is out of reach', { reasons: [ reason( 'port_closed' ) ] }, 'switch: provider' ],
	[ 'one of several reasons', { reasons: [ reason( 'greylisted' ), reason( 'login_refused' ) ] }, 'switch: login' ],
	[ 'one look alone', { reasons: [ reason( 'wrong_credentials' ) ], before: [] }, 'stay' ],
	[ 'an outage that is young', { reasons: [ reason( 'port_closed', { min: 10 } ) ] }, 'stay' ],
	[
		'as long as was chosen',
		{ reasons: [ reason( 'port_closed', { min: 10 } ) ], rules: rules( { afterMinutes: 5 } ) },
		'switch: provider',
	],
	[ 'an outage of both', { reasons: [ reason( 'port_closed' ) ], sameProvider: true }, 'stay' ],
	[ 'a login at the same provider', { reasons: [ reason( 'login_refused' ) ], sameProvider: true }, 'switch: login' ],
	[ 'a limit that nobody chose', { reasons: [ reason( 'quota_exceeded' ) ] }, 'stay' ],
	[ 'a limit', { reasons: [ reason( 'quota_exceeded' ) ], rules: rules( { atLimit: true } ) }, 'switch: limit' ],
	[ 'by hand only', { reasons: [ reason( 'login_refused' ) ], rules: rules( { automatic: false } ) }, 'stay' ],
	[ 'mail was taken since', { reasons: [ reason( 'account_suspended' ) ], acceptedAt: at }, 'stay' ],
	[
		'mail was taken in between: the outage is younger',
		{ reasons: [ reason( 'port_closed' ) ], acceptedAt: at - 10 * minute },
		'stay',
	],
	[ 'what was met long ago', { reasons: [ reason( 'account_suspended', { min: 90, lastMin: 60 } ) ] }, 'stay' ],
	[ 'a try failed just now', { reasons: [ reason( 'login_refused' ) ], failedAt: [ at - 5 * minute ] }, 'stay' ],
	[
		'a try failed a while ago',
		{ reasons: [ reason( 'login_refused' ) ], failedAt: [ at - 16 * minute ] },
		'switch: login',
	],
	[
		'a third try waits longer',
		{ reasons: [ reason( 'login_refused' ) ], failedAt: [ at - 3 * hour, at - hour, at - 40 * minute ] },
		'stay',
	],
	[ 'the backup lets no server in', { reasons: [ reason( 'login_refused' ) ], failedOfAccount: 3 }, 'stay' ],
] )( 'sends by its own account; %s', ( _what, change, expected ) => {
	expect( told( change ) ).toBe( expected );
} );

/** What a second account does not help against, and what ends by waiting. */
const never = ( [ 'recipient', 'content', 'receiver', 'sender' ] as const ).flatMap( ( whose ) =>
	( Object.keys( matters ) as Cause[] ).filter( ( cause ) => matters[ cause ].whose === whose )
);
test.each( [
	...never,
	...( [ 'too_fast', 'too_many_connections', 'too_many_logins' ] as const ),
	...( [ 'lost_after_data', 'address_not_authorised', 'root_store_missing', 'resolver_down', 'unknown' ] as const ),
] )( 'never for %s', ( cause ) => {
	const reasons = [ reason( cause, { min: 20 } ) ];
	expect( told( { reasons, rules: rules( { atLimit: true, afterMinutes: 5 } ) } ) ).toBe( 'stay' );
} );

const signedIn = { at: at - minute, by: 'sign_in' } as const;
const tested = { at: at - minute, by: 'test_email' } as const;
test.each( [
	[ 'too short a time', { active: on( 'login', 20 ), proved: signedIn }, 'stay' ],
	[ 'proved since', { active: on( 'login', 40 ), proved: signedIn }, 'back' ],
	[ 'not proved', { active: on( 'login', 40 ) }, 'check' ],
	[ 'proved before', { active: on( 'provider', 40 ), proved: { ...signedIn, at: at - hour } }, 'check' ],
	[ 'a second time of a day', { active: on( 'login', 40 ), proved: signedIn, switchedAt: [ at, at ] }, 'stay' ],
	[
		'a third, after two hours',
		{ active: on( 'login', 121 ), proved: signedIn, switchedAt: [ at, at, at ] },
		'back',
	],
	[ 'suspended, and signs in', { active: on( 'account', 600 ), proved: signedIn }, 'stay' ],
	[ 'suspended, and takes a test email', { active: on( 'account', 600 ), proved: tested }, 'back' ],
	[ 'a limit within the day', { active: on( 'limit', 600 ), proved: signedIn }, 'stay' ],
	[ 'a limit after a day', { active: on( 'limit', 1500 ), proved: signedIn }, 'back' ],
	[
		'a limit, proved within the day',
		{ active: on( 'limit', 1500 ), proved: { ...signedIn, at: at - 2 * hour } },
		'check',
	],
	[ 'switched by hand', { active: on( 'by_hand', 6000 ), proved: tested }, 'stay' ],
	[
		'automatic no longer',
		{ active: on( 'login', 600 ), proved: tested, rules: rules( { automatic: false } ) },
		'stay',
	],
	[ 'a try to go back failed', { active: on( 'login', 60 ), proved: signedIn, failedAt: [ at - minute ] }, 'stay' ],
	[ 'the backup is in trouble, too', { active: on( 'login', 60 ), reasons: [ reason( 'login_refused' ) ] }, 'check' ],
] )( 'sends by its backup: %s', ( _what, change, expected ) => {
	expect( told( { switchedAt: [ at ], ...change } ) ).toBe( expected );
} );

test.each( [
	[ 'login', 0, 0.5 ],
	[ 'login', 1, 0.5 ],
	[ 'provider', 3, 2 ],
	[ 'login', 20, 24 ],
	[ 'limit', 1, 24 ],
] as const )( 'for %s, at switch %i of a day, it stays %d hours at least', ( why, switches, hours ) => {
	expect( leastOnBackupMs( { why, switches } ) ).toBe( hours * hour );
} );
