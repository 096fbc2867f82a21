import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startPulse, type Pulse } from '../../test-fixtures/pulse.ts';
import type { Facts, FoundRoom } from '../gateway/facts.ts';

let pulse: Pulse;
beforeAll( async () => {
	pulse = await startPulse();
}, 120_000 );
afterAll( () => pulse.backend.stop() );
beforeEach( async () => {
	await pulse.reset();
	await pulse.look();
} );

const spool = ( freeMb: number ): FoundRoom[] => [
	{
		...{ folder: '/var/spool/postfix', system: 'a', blockBytes: 1_000_000, blocks: 20_000, freeBlocks: freeMb },
		...{ inodes: 0, freeInodes: 0 },
	},
];
const see = async ( change: Partial< Facts > ) => {
	pulse.server.facts = { ...pulse.server.installed, ...change };
	await pulse.look();
	return [ ( await pulse.view() ).gateway.state, await pulse.told(), pulse.nextS() ];
};

test( 'a disk that fills up is shown at once, told by the second look, and over when there is room', async () => {
	expect( await see( { room: spool( 200 ) } ) ).toEqual( [ 'disk_low', [], 15 ] );
	expect( await see( { room: spool( 180 ) } ) ).toEqual( [ 'disk_low', [ 'opened disk_low' ], 60 ] );
	expect( await see( { room: spool( 20 ) } ) ).toEqual( [ 'disk_low', [ 'opened disk_low' ], 60 ] );
	const over = await see( { room: spool( 5000 ) } );
	expect( over.slice( 0, 2 ) ).toEqual( [ 'installed', [ 'opened disk_low', 'over null' ] ] );
} );

test( 'what was there for one look is told to nobody', async () => {
	await see( { room: spool( 200 ) } );
	await see( { room: spool( 5000 ) } );
	expect( ( await see( { room: spool( 200 ) } ) ).slice( 0, 2 ) ).toEqual( [ 'disk_low', [] ] );
} );

test( 'it is told beside other trouble of the gateway that was told before', async () => {
	const stopped = { postfix: { ...pulse.server.installed.postfix, running: false }, listens: [] };
	await see( stopped );
	await see( stopped );
	await see( { ...stopped, room: spool( 20 ) } );
	expect( ( await see( { ...stopped, room: spool( 20 ) } ) ).slice( 0, 2 ) ).toEqual( [
		'stopped',
		[ 'opened stopped', 'opened disk_low' ],
	] );
} );

test( 'a clock that is wrong is shown and told; one that the look itself explains is not', async () => {
	expect( await see( { clockAheadS: 200 } ) ).toEqual( [ 'installed', [], 270 ] );
	expect( await see( { clockAheadS: -900 } ) ).toEqual( [ 'clock_wrong', [], 15 ] );
	expect( await see( { clockAheadS: -901 } ) ).toEqual( [ 'clock_wrong', [ 'opened clock_wrong' ], 60 ] );
	const over = await see( {} );
	expect( over.slice( 0, 2 ) ).toEqual( [ 'installed', [ 'opened clock_wrong', 'over null' ] ] );
} );
