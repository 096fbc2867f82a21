import { expect, test } from '@jest/globals';
import type { GatewayState } from '@email-gateway/shared';
import { stateSince, type Seen } from './state-since.ts';

const minute = ( count: number ) => new Date( Date.UTC( 2026, 0, 1, 0, count ) );
const server = ( oldestS: number | null ) =>
	( { lastLook: { at: minute( 60 ).toISOString(), mail: { oldestS } } } ) as Seen[ 'server' ];
const watch = ( state: string ) => ( { state, since: minute( 30 ) } );

test.each< [ string, GatewayState, Partial< Seen >, Date | null ] >( [
	[ 'mail waits since the oldest of it arrived', 'waiting', { server: server( 3000 ) }, minute( 10 ) ],
	[ 'without an age, since the first look that saw it', 'waiting', { watch: watch( 'waiting' ) }, minute( 30 ) ],
	[ 'refused mail as well', 'refused', { server: server( 600 ), watch: watch( 'refused' ) }, minute( 50 ) ],
	[
		'what stopped, since a look saw it',
		'stopped',
		{ server: server( 3000 ), watch: watch( 'stopped' ) },
		minute( 30 ),
	],
	[ 'what was changed has another word there', 'differs', { watch: watch( 'changed' ) }, minute( 30 ) ],
	[ 'looks that remember something else tell nothing', 'stopped', { watch: watch( 'right' ) }, null ],
	[ 'what works has no since', 'working', { server: server( 60 ), watch: watch( 'right' ) }, null ],
	[
		'a new owner learns nothing of before',
		'waiting',
		{ server: server( 3000 ), knownSince: minute( 20 ) },
		minute( 20 ),
	],
	[ 'and what came later as it is', 'waiting', { server: server( 600 ), knownSince: minute( 20 ) }, minute( 50 ) ],
] )( '%s', ( _name, state, seen, since ) => {
	expect( stateSince( state, { server: server( null ), watch: undefined, knownSince: null, ...seen } ) ).toBe(
		since && since.toISOString()
	);
} );
