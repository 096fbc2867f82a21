import { describe, expect, test } from '@jest/globals';
import type { FoundRoom } from './facts.ts';
import { roomOf } from './room.ts';

const [ mb, gb ] = [ 1_000_000, 1_000_000_000 ];
const spool = ( { size = 20 * gb, free = 5 * gb, inodes = 1_000_000, freeInodes = 900_000 } = {} ): FoundRoom => ( {
	...{ folder: '/var/spool/postfix', system: 'a1', blockBytes: 1000 },
	...{ blocks: size / 1000, freeBlocks: free / 1000, inodes, freeInodes },
} );
const log = ( system: string, free: number ): FoundRoom => ( {
	...spool( { free } ),
	...{ folder: '/var/log/email-gateway', system },
} );
const seen = (
	room: FoundRoom[],
	parameters = [ 'message_size_limit = 26000000' ],
	before = roomOf( facts( [] ), [] )
) => roomOf( facts( room, parameters ), before );
const facts = ( room: FoundRoom[], parameters: string[] = [] ) => ( {
	room,
	postfix: { running: true, enabled: true, parameters, services: [], masked: [], mainIsLink: false },
} );

describe( 'the room for mail', () => {
	test( 'is told with what Postfix asks for: 1.5 times the largest message, or queue_minfree', () => {
		const refused = ( parameters: string[] ) => seen( [ spool() ], parameters )[ 0 ]?.refusesBelowBytes;
		expect( refused( [ 'message_size_limit = 26000000' ] ) ).toBe( 39 * mb );
		expect( refused( [ 'message_size_limit = 26000000', 'queue_minfree = 50000000' ] ) ).toBe( 50 * mb );
		expect( refused( [ 'message_size_limit = 0' ] ) ).toBe( 0 );
		expect( refused( [ 'message_size_limit = $other' ] ) ).toBe( 15_360_000 );
		expect( refused( [] ) ).toBe( 15_360_000 );
	} );

	test.each( [
		[ 'much', {}, null ],
		[ 'ten times that', { free: 390 * mb }, null ],
		[ 'less', { free: 389 * mb }, 'space' ],
		[ 'a tenth of a small disk', { size: gb, free: 100 * mb }, null ],
		[ 'less than that', { size: gb, free: 99 * mb }, 'space' ],
		[ 'less than twice what Postfix asks for, of a tiny one', { size: 100 * mb, free: 77 * mb }, 'space' ],
		[ 'few inodes', { freeInodes: 4999 }, 'files' ],
		[ 'few inodes of few', { inodes: 2000, freeInodes: 101 }, null ],
		[ 'a twentieth of them', { inodes: 2000, freeInodes: 99 }, 'files' ],
		[ 'no inodes, of a file system that counts none', { inodes: 0, freeInodes: 0 }, null ],
	] )( 'with %s', ( _what, of, lacks ) => {
		expect( seen( [ spool( of ) ] ) ).toMatchObject( [ { of: 'queue', lacks } ] );
	} );

	test( 'where little was left it takes more than the least to be enough', () => {
		const low = seen( [ spool( { free: 389 * mb } ) ] );
		expect( seen( [ spool( { free: 480 * mb } ) ], undefined, low )[ 0 ]?.lacks ).toBe( 'space' );
		expect( seen( [ spool( { free: 490 * mb } ) ], undefined, low )[ 0 ]?.lacks ).toBe( null );
	} );

	test( 'the log counts where it lies on another file system, and by its own measure', () => {
		expect( seen( [ spool(), log( 'a1', 5 * gb ) ] ) ).toHaveLength( 1 );
		expect( seen( [ spool(), log( 'b2', 100 * mb ) ] )[ 1 ] ).toEqual( {
			...{ of: 'log', folder: '/var/log/email-gateway', freeBytes: 100 * mb, freeFiles: 900_000 },
			...{ lacks: 'space', refusesBelowBytes: 0 },
		} );
		expect( seen( [ log( 'b2', 200 * mb ) ] ) ).toMatchObject( [ { of: 'log', lacks: null } ] );
	} );
} );
