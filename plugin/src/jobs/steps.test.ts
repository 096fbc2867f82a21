import { describe, expect, test } from '@jest/globals';
import type { JobEvent, NewJobEvent } from '@email-gateway/shared';
import { hasEnded, stateOf, stepsOf, waitsBehind } from './steps.ts';

/** Numbers events and puts them a second apart. */
const history = ( ...events: NewJobEvent[] ): JobEvent[] =>
	events.map(
		( event, index ) => ( { ...event, seq: index + 1, at: `2026-11-23T12:00:0${ index }.000Z` } ) as JobEvent
	);

describe( 'the steps of a job', () => {
	test( 'each step is one row, in the order in which it began', () => {
		const events = history(
			{ type: 'queued', behind: null },
			{ type: 'started' },
			{ type: 'step_started', step: 'connect' },
			{ type: 'step_finished', step: 'connect', detail: {} },
			{ type: 'step_started', step: 'look' },
			{ type: 'step_finished', step: 'look', detail: { system: 'Debian GNU/Linux 12' } },
			{ type: 'step_started', step: 'packages' }
		);
		expect( stepsOf( events ).map( ( { step, state } ) => [ step, state ] ) ).toEqual( [
			[ 'connect', 'done' ],
			[ 'look', 'done' ],
			[ 'packages', 'running' ],
		] );
		expect( stepsOf( events )[ 1 ] ).toMatchObject( {
			startedAt: '2026-11-23T12:00:04.000Z',
			endedAt: '2026-11-23T12:00:05.000Z',
			detail: { system: 'Debian GNU/Linux 12' },
		} );
	} );

	test( 'a step begun again by another worker continues its row', () => {
		const events = history(
			{ type: 'started' },
			{ type: 'step_started', step: 'packages' },
			{ type: 'taken_up_again' },
			{ type: 'step_started', step: 'packages' },
			{ type: 'step_finished', step: 'packages', detail: {} }
		);
		expect( stepsOf( events ) ).toEqual( [
			{
				step: 'packages',
				state: 'done',
				startedAt: '2026-11-23T12:00:01.000Z',
				endedAt: '2026-11-23T12:00:04.000Z',
				detail: {},
			},
		] );
	} );

	test( 'what nobody ended has stopped when the job ends', () => {
		const events = history(
			{ type: 'started' },
			{ type: 'step_started', step: 'preflight' },
			{ type: 'cancelled', changed: 'nothing' }
		);
		expect( stepsOf( events ).map( ( row ) => row.state ) ).toEqual( [ 'stopped' ] );
	} );

	test( 'a failed step keeps what it found', () => {
		const [ row ] = stepsOf(
			history( { type: 'step_failed', step: 'service', detail: { reply: 'port 25 is taken' } } )
		);
		expect( row ).toMatchObject( { state: 'failed', detail: { reply: 'port 25 is taken' } } );
	} );
} );

describe( 'the state of a job', () => {
	test.each< [ string, NewJobEvent[], boolean ] >( [
		[ 'queued', [ { type: 'queued', behind: null } ], false ],
		[
			'running',
			[ { type: 'queued', behind: null }, { type: 'started' }, { type: 'step_started', step: 'look' } ],
			false,
		],
		[ 'succeeded', [ { type: 'started' }, { type: 'succeeded' } ], true ],
		[
			'cancelled',
			[
				{ type: 'queued', behind: null },
				{ type: 'cancelled', changed: 'nothing' },
			],
			true,
		],
	] )( '%s', ( state, events, ended ) => {
		expect( stateOf( history( ...events ) ) ).toBe( state );
		expect( hasEnded( stateOf( history( ...events ) ) ) ).toBe( ended );
	} );

	test( 'it waits behind another job only until it has started', () => {
		const queued = history( { type: 'queued', behind: 'install_gateway' } );
		expect( waitsBehind( queued ) ).toBe( 'install_gateway' );
		expect(
			waitsBehind( history( { type: 'queued', behind: 'install_gateway' }, { type: 'started' } ) )
		).toBeNull();
	} );
} );
