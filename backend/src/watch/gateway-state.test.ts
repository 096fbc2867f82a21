import { describe, expect, test } from '@jest/globals';
import type { Server } from '../db/servers.ts';
import { gatewayState } from './gateway-state.ts';

const minute = ( count: number ) => new Date( Date.UTC( 2026, 0, 1, 0, count ) ).toISOString();
const right = {
	running: true,
	enabled: true,
	waiting: 0,
	stuck: 0,
	oldWaiting: 0,
	open: [],
	differs: [],
	others: [],
	phpAround: [],
	reasons: [],
};

/** The state of an installed gateway at minute 60. */
const stateOf = (
	{
		look,
		test: outcome,
	}: {
		look?: { at: number; stuck?: number; running?: boolean; reasons?: object[] };
		test?: { at: number; outcome: string };
	},
	watch?: 'unreachable' | 'right'
) => {
	const { at: lookedAt = 0, ...seen } = look ?? {};
	const server = {
		hostKey: { state: 'trusted' },
		unfinished: false,
		installedVersion: 1,
		lastLook: look ? { at: minute( lookedAt ), mail: { ...right, ...seen } } : null,
		lastTest: outcome ? { at: minute( outcome.at ), outcome: outcome.outcome } : null,
	} as unknown as Server;
	return gatewayState( {
		server,
		job: undefined,
		watch: watch && { state: watch },
		nowMs: Date.parse( minute( 60 ) ),
	} );
};

describe( 'the state of a gateway', () => {
	test.each( [
		[ 'an accepted test', { look: { at: 59 }, test: { at: 58, outcome: 'accepted' } }, 'working' ],
		[ 'no test yet', { look: { at: 59 } }, 'installed' ],
		[
			'a test that waits, and no look since',
			{ look: { at: 57 }, test: { at: 58, outcome: 'waiting' } },
			'waiting',
		],
		[
			'a test that waited, and an empty queue since',
			{ look: { at: 59 }, test: { at: 58, outcome: 'waiting' } },
			'working',
		],
		[ 'a test that took another way', { look: { at: 57 }, test: { at: 58, outcome: 'elsewhere' } }, 'differs' ],
		[
			'and a look since that found all right',
			{ look: { at: 59 }, test: { at: 58, outcome: 'elsewhere' } },
			'installed',
		],
		[ 'mail that waits', { look: { at: 59, stuck: 3 }, test: { at: 1, outcome: 'accepted' } }, 'waiting' ],
		[
			'mail that the provider refuses until somebody acts',
			{ look: { at: 59, stuck: 3, reasons: [ { passes: false, whose: 'account' } ] } },
			'refused',
		],
		[
			'mail that waits for a recipient’s server',
			{ look: { at: 59, stuck: 3, reasons: [ { passes: true, whose: 'receiver' } ] } },
			'waiting',
		],
		[
			'a test that was accepted after mail was seen waiting',
			{ look: { at: 58, stuck: 3 }, test: { at: 59, outcome: 'accepted' } },
			'working',
		],
		[
			'a Postfix that was seen stopped',
			{ look: { at: 59, running: false }, test: { at: 58, outcome: 'accepted' } },
			'stopped',
		],
		[ 'nothing known for half an hour', { look: { at: 29 }, test: { at: 3, outcome: 'accepted' } }, 'not_checked' ],
		[ 'a Postfix that was stopped when last seen', { look: { at: 2, running: false } }, 'stopped' ],
		[ 'a test since the last look', { look: { at: 2 }, test: { at: 50, outcome: 'accepted' } }, 'working' ],
	] )( 'with %s', ( _what, known, state ) => {
		expect( stateOf( known ) ).toBe( state );
	} );

	test( 'of a server that does not answer is that, whatever was seen before', () => {
		expect( stateOf( { look: { at: 59 }, test: { at: 59, outcome: 'accepted' } }, 'unreachable' ) ).toBe(
			'unreachable'
		);
	} );
} );
