import { describe, expect, test } from '@jest/globals';
import type { Received } from '../alerts/received.ts';
import { incidentFaults } from './faults/all.ts';
import { judge, type Played } from './outcome.ts';
import { renderCalm, renderIncidents, summary } from './table.ts';
import { aboutServer, toldIn, type Told } from './told.ts';

const alert = ( kind: string, seconds: number, more: Partial< Told > = {} ): Told => ( {
	...{ kind, incident: 'one', trouble: kind === 'over' ? null : 'stopped', servers: [ 3 ], text: 'It stopped.' },
	...{ atMs: seconds * 1000, ...more },
} );
const right: Played = {
	...{
		name: 'postfix_down',
		what: 'Postfix is stopped',
		kind: 'debian12',
		eachMinute: true,
		expected: [ 'stopped' ],
	},
	...{ visibleAtMs: 0, seenAtMs: 40_000, seenAs: 'stopped', healedAtMs: 100_000, failed: null },
	told: [ alert( 'opened', 60 ), alert( 'over', 150 ) ],
};

describe( 'what was told of a fault', () => {
	test( 'is as expected with one alert and one recovery in time', () => {
		expect( judge( right ) ).toEqual( { seenS: 40, toldS: 60, overS: 50, missed: [] } );
	} );

	test.each< [ Partial< Played >, string ] >( [
		[ { told: [] }, '0 alerts' ],
		[ { told: [ alert( 'opened', 60 ) ] }, '0 recoveries' ],
		[ { told: [ alert( 'opened', 60 ), alert( 'opened', 70 ), alert( 'over', 150 ) ] }, '2 alerts' ],
		[ { told: [ alert( 'opened', 101 ), alert( 'over', 150 ) ] }, 'told after more than 100 s' ],
		[ { expected: [ 'changed' ] }, 'told as stopped, not changed' ],
		[
			{ told: [ alert( 'opened', 60 ), alert( 'over', 150, { incident: 'two' } ) ] },
			'the recovery is of another incident',
		],
		[ { seenAtMs: null }, 'the screen did not show it' ],
		[ { failed: 'no such server' }, 'not played: no such server' ],
	] )( '%j is missed', ( change, missed ) => {
		expect( judge( { ...right, ...change } ).missed ).toContain( missed );
	} );

	test( 'has more time where no mail flows', () => {
		const late = { ...right, told: [ alert( 'opened', 300 ), alert( 'over', 350 ) ] };
		expect( judge( { ...late, eachMinute: false } ).missed ).toEqual( [] );
		expect( judge( late ).missed ).not.toEqual( [] );
	} );

	test( 'is a line of the table, and counted', () => {
		const all = [ right, { ...right, told: [] } ];
		expect( renderIncidents( all ) ).toContain( '| 40 | stopped | 60 | 50 | met |' );
		expect( renderIncidents( all ) ).toContain( 'MISSED: 0 alerts, 0 recoveries' );
		expect( summary( all ) ).toContain( '1 as expected, 1 not. each minute: 1 told, after 60 s (median)' );
		expect( renderCalm( { minutes: 30, mails: 3000, told: [] } ) ).toContain( 'nothing was told, met' );
		expect( renderCalm( { minutes: 30, mails: 3000, told: right.told } ) ).toContain( 'MISSED: 2 told' );
	} );
} );

test( 'alerts are read as they come, by server, without tests and what was refused', () => {
	const received = ( body: object, more: Partial< Received > = {} ): Received => ( {
		...{ at: '2026-11-30T12:00:00.000Z', channel: 'webhook', to: '/', id: 'x', headers: {}, body },
		...{ subject: null, text: null, html: null, refused: null, ...more },
	} );
	const body = { kind: 'opened', incident: 'one', trouble: 'stopped', server: { id: 3 }, text: 'It stopped.' };
	const told = toldIn( [
		received( { ...body, server: { id: 3 }, servers: [ { id: 3 }, { id: 4 } ] } ),
		received( { ...body, kind: 'test', server: null } ),
		received( body, { refused: 'no signature' } ),
	] );
	expect( told.map( ( { kind, servers } ) => ( { kind, servers } ) ) ).toEqual( [
		{ kind: 'opened', servers: [ 3, 4 ] },
	] );
	expect( aboutServer( told, 4, 0 ) ).toHaveLength( 1 );
	expect( aboutServer( told, 5, 0 ) ).toEqual( [] );
} );

test( 'at least twenty-five faults are known, each by a name of its own', () => {
	const names = incidentFaults.map( ( { name } ) => name );
	expect( names.length ).toBeGreaterThanOrEqual( 25 );
	expect( new Set( names ).size ).toBe( names.length );
} );
