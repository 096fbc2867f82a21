import { expect, test } from '@jest/globals';
import type { SandboxRules } from '@email-gateway/shared';
import { parseDelivery, parseLine } from '../gateway/mail-log.ts';
import { inSandbox } from './test-in-sandbox.ts';

const to = 'you@customer.example';
const line = ( service: string, text: string ) => `Nov 30 17:18:43 web1 postfix/${ service }[7]: ABCDEF1: ${ text }`;
const sent = ( whom: string, service = 'smtp', reason = '250 ok' ) =>
	line( service, `to=<${ whom }>, relay=p[192.0.2.1]:587, delay=1, dsn=2.0.0, status=sent (${ reason })` );
const redirect: SandboxRules = { kind: 'redirect', mailbox: 'Tests@tests.example', allowed: [ 'allowed.example' ] };
const held = line(
	'cleanup',
	`hold: header Received: by web1 (Postfix, from userid 33) from local; from=<a> to=<${ to }>`
);

const judge = ( rules: SandboxRules, said: string[], recipient = to ) => {
	const lines = said.flatMap( ( one ) => parseLine( one ) ?? [] );
	const delivery = lines.flatMap( ( one ) => parseDelivery( one, recipient ) ?? [] ).at( -1 ) ?? null;
	const { outcome = null, diagnosis, sandbox } = inSandbox( rules, { to: recipient, lines, delivery } );
	return [ outcome, diagnosis?.cause ?? null, sandbox.mailbox ];
};
const redirected = `tests@tests.example>, orig_to=<${ to }`;
const dropped = sent( to, 'discard', 'dropped by the sandbox of Email Gateway' );
const wall = 'kept by the sandbox of Email Gateway';

test.each< [ string, SandboxRules, string[], string, ( string | null )[] ] >( [
	[ 'the mailbox got it', redirect, [ sent( redirected ) ], to, [ null, null, 'Tests@tests.example' ] ],
	[
		'an allowed domain got it',
		redirect,
		[ sent( 'a@Allowed.example' ) ],
		'a@Allowed.example',
		[ null, null, null ],
	],
	[
		'it was for the mailbox',
		redirect,
		[ sent( 'tests@tests.example' ) ],
		'tests@tests.example',
		[ null, null, null ],
	],
	[ 'it left for its recipient', redirect, [ sent( to ) ], to, [ 'elsewhere', 'settings_changed_by_hand', null ] ],
	[ 'the wall kept it', redirect, [ sent( to, 'error', wall ) ], to, [ 'sandboxed', 'sandbox', null ] ],
	[ 'nothing was heard yet', redirect, [], to, [ null, null, null ] ],
	[ 'it is held', { kind: 'hold' }, [ held ], to, [ 'sandboxed', 'sandbox', null ] ],
	[
		'it left, and was to be held',
		{ kind: 'hold' },
		[ sent( to ) ],
		to,
		[ 'elsewhere', 'settings_changed_by_hand', null ],
	],
	[ 'it was dropped', { kind: 'drop' }, [ dropped ], to, [ 'sandboxed', 'sandbox', null ] ],
	[
		'it left, and was to be dropped',
		{ kind: 'drop' },
		[ sent( to ) ],
		to,
		[ 'elsewhere', 'settings_changed_by_hand', null ],
	],
] )( '%s', ( _, rules, said, recipient, expected ) => {
	expect( judge( rules, said, recipient ) ).toEqual( expected );
} );
