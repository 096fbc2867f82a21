import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { KeyObject } from 'node:crypto';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import ssh2, { type Algorithms } from 'ssh2';
import { signInConfig } from './sign-in.ts';
import { lighten, writeTogether, type WithCiphers } from './lean-ssh2.ts';
import { startTestSshd } from './test-sshd.ts';

const closers: ( () => unknown )[] = [];
afterEach( async () => {
	for ( const close of closers.splice( 0 ).reverse() ) {
		await close();
	}
} );

// fails where another version of ssh2 keeps its keys elsewhere: then nothing is broken, but the gain is gone
describe.each( [
	[ 'aes128-gcm@openssh.com', { cipher: [ '_encKey' ], decipher: [ '_decipherKey' ] } ],
	[ 'aes128-ctr', { cipher: [ '_macKey' ], decipher: [ '_macKey' ] } ],
] as const )( '%s', ( cipher, fields ) => {
	test( 'takes key objects, from the first exchange of keys and from later ones', async () => {
		const sshd = await startTestSshd();
		closers.push( sshd.stop );
		const client = new ssh2.Client().on( 'error', () => {} );
		closers.push( () => client.end() );
		client.on( 'handshake', () => lighten( client ) );
		const algorithms: Algorithms = { cipher: [ cipher ], hmac: [ 'hmac-sha2-256-etm@openssh.com' ] };
		client.connect( { ...sshd.target, ...( await signInConfig( sshd.target ) ), algorithms } );
		await once( client, 'ready' );
		const keys = () => {
			const { _cipher, _decipher } = ( client as unknown as WithCiphers )._protocol;
			return [
				...fields.cipher.map( ( field ) => _cipher[ field ] ),
				...fields.decipher.map( ( field ) => _decipher[ field ] ),
			];
		};
		const echo = async () => {
			const channel = await new Promise< ssh2.ClientChannel >( ( resolve, reject ) =>
				client.exec( 'cat', ( error, opened ) => ( error ? reject( error ) : resolve( opened ) ) )
			);
			channel.end( 'passes' );
			return ( await channel.toArray() ).join( '' );
		};
		const first = keys();
		expect( first.every( ( key ) => key instanceof KeyObject ) ).toBe( true );
		expect( await echo() ).toBe( 'passes' );

		const again = once( client, 'handshake' );
		sshd.rekey();
		await again;
		expect( keys().every( ( key ) => key instanceof KeyObject ) ).toBe( true );
		expect( keys()[ 0 ] ).not.toBe( first[ 0 ] );
		if ( cipher.includes( 'gcm' ) ) {
			const { allocPacket } = ( client as unknown as WithCiphers )._protocol._cipher;
			expect( ( allocPacket as { name: string } ).name ).toBe( 'packetOf' );
		}
		expect( await echo() ).toBe( 'passes' );
	} );
} );

describe( 'packets for AES-GCM', () => {
	const cipher: Record< string, unknown > = { _encSSLName: 'aes-128-gcm', allocPacket: () => Buffer.alloc( 0 ) };
	lighten( { _protocol: { _cipher: cipher, _decipher: {} } } );
	const packetOf = cipher.allocPacket as ( payloadLength: number ) => Buffer;

	test( 'are as RFC 4253 and 5647 want them', () => {
		for ( let payload = 0; payload < 600; payload++ ) {
			const packet = packetOf( payload );
			const padding = packet[ 4 ] ?? 0;
			expect( packet.readUInt32BE( 0 ) ).toBe( packet.length - 4 );
			expect( ( packet.length - 4 ) % 16 ).toBe( 0 );
			expect( packet ).toHaveLength( 5 + payload + padding );
			expect( padding ).toBeGreaterThanOrEqual( 4 );
			expect( padding ).toBeLessThan( 20 );
		}
	} );

	test( 'use no padding twice', () => {
		// 15 bytes each, many times what is drawn at once
		const paddings = Array.from( { length: 2_000 }, () => packetOf( 0 ).subarray( 5 ).toString( 'hex' ) );
		expect( new Set( paddings ).size ).toBe( 2_000 );
	} );
} );

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
