import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { writeTogether } from './write-together.ts';

describe( 'writeTogether', () => {
	const sent: string[] = [];
	const socket = () => {
		sent.length = 0;
		const writable = new Writable( {
			write( chunk, _encoding, done ) {
				sent.push( String( chunk ) );
				done();
			},
			writev( chunks, done ) {
				sent.push( chunks.map( ( { chunk } ) => String( chunk ) ).join( '+' ) );
				done();
			},
		} );
		return writeTogether( writable as Socket );
	};
	const turn = () => new Promise( ( resolve ) => void setImmediate( resolve ) );

	test( 'sends what is written in one turn as one, and the next turn by itself', async () => {
		const one = socket();
		[ 'length', 'packet', 'tag' ].forEach( ( piece ) => one.write( piece ) );
		process.nextTick( () => one.write( 'tick' ) );
		await Promise.resolve();
		one.write( 'promise' );
		expect( sent ).toEqual( [] );
		await turn();
		one.write( 'next' );
		await turn();
		expect( sent ).toEqual( [ 'length+packet+tag+promise+tick', 'next' ] );
	} );

	test( 'loses nothing where it ends in the same turn', async () => {
		const one = socket();
		one.write( 'last' );
		one.end( 'words' );
		await once( one, 'finish' );
		expect( sent.join( '+' ) ).toBe( 'last+words' );
	} );
} );
