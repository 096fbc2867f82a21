import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hostileText } from '../../test-fixtures/hostile-text.ts';
import { isFailure } from '../errors.ts';
import { facts } from '../gateway/facts.ts';
import { connect } from '../ssh/connect.ts';
import type { Remote } from '../ssh/remote.ts';
import { startTestSshd, type TestSshd } from '../ssh/test-sshd.ts';
import { Secret } from '../vault/secret.ts';
import { followRun } from './detached-run.ts';
import { look, parseFacts } from './look.ts';
import { prove } from './prove.ts';
import { parseRunLine } from './run-log.ts';

const { signal } = new AbortController();
const closers: ( () => unknown )[] = [];
afterEach( async () => {
	for ( const close of closers.splice( 0 ).reverse() ) {
		await close();
	}
} );

/** A server that becomes root as it should, and then says whatever it likes. */
async function serverThatSays( text: string ): Promise< Remote > {
	const sshd: TestSshd = await startTestSshd( {
		onExec( channel, command ) {
			const nonce = /BEGIN ([0-9a-f]+)/.exec( command )?.[ 1 ] ?? '';
			channel.write( `AS ${ nonce } root\nREADY ${ nonce }\n${ text }` );
			channel.exit( 0 );
			channel.end();
		},
	} );
	closers.push( sshd.stop );
	const remote = await connect( sshd.target, { signal } );
	closers.push( remote.close );
	return remote;
}
const codeOf = ( promise: Promise< unknown > ) =>
	promise.then(
		() => 'taken',
		( error: unknown ) => ( isFailure( error ) ? error.code : error )
	);
/** Just below the bound of one exec. */
const manyLines = ( line: string ) => `${ line }\n`.repeat( Math.floor( 1_000_000 / ( line.length + 1 ) ) );
const mail = { from: 'a@example.com', to: 'b@example.com', token: 'a'.repeat( 32 ), siteName: 'x' };

describe( 'a server that says as much as it may, in the shortest lines', () => {
	test( 'is heard without harm when it was asked for facts', async () => {
		const remote = await serverThatSays(
			`facts 1\nclock 0\n${ manyLines( 'p' ) }queue 0\nstuck 0\ngeneration 0\nmachine ${ 'a'.repeat(
				64
			) }\nend\n`
		);
		expect( await codeOf( look( remote, { signal } ) ) ).toBe( 'taken' );
		const other = await serverThatSays( `facts 1\n${ manyLines( 'panel x' ) }end\n` );
		expect( await codeOf( look( other, { signal } ) ) ).toBe( 'server_answer_not_understood' );
	}, 120_000 );

	test( 'is not believed about a test email', async () => {
		const remote = await serverThatSays( `submitted 0 1 33\n${ manyLines( 'line' ) }end found\n` );
		expect( await codeOf( prove( remote, mail, { signal, onStep: () => {} } ) ) ).toBe( 'test_not_found_in_log' );
	}, 120_000 );

	test( 'does not fill the database with steps', async () => {
		const events = Array.from( { length: 40_000 }, ( _, index ) => `${ index + 1 } started packages` );
		const remote = await serverThatSays( `${ events.join( '\n' ) }\nresult done\n` );
		let told = 0;
		await followRun( remote, 'job', Buffer.from( '' ), { signal, cancel: signal, onStep: () => void told++ } );
		expect( told ).toBe( 300 );
	}, 120_000 );

	test.each( [ 'NaN 1 33', '0 -1 33', '0 1e99 33', '0 1', '0 1 33 4', '' ] )(
		'and %j for how it took a message is no answer',
		async ( submitted ) => {
			const remote = await serverThatSays( `submitted ${ submitted }\nend found\n` );
			expect( await codeOf( prove( remote, mail, { signal, onStep: () => {} } ) ) ).toBe(
				'server_answer_not_understood'
			);
		}
	);
} );

const base64 = ( text: string ) => Buffer.from( text ).toString( 'base64' );
const names = [
	'system_id',
	'system_name',
	'hostname',
	'fqdn',
	'panel',
	'package',
	'parameter',
	'service',
	'file',
	'marker',
	'unfinished',
	'last_job',
	'queue',
	'stuck',
	'clock',
	'oldest',
	'room',
	'generation',
	'listens',
	'port25',
	'others',
	'sendmail',
	'__proto__',
];
const harmless = ( value: unknown ) => {
	expect( JSON.stringify( value ) ).not.toMatch(
		/\\u00[01]|\\u007f|\\ud[89a-f]|[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/i
	);
};

describe( 'whatever a server says', () => {
	test( 'its facts are refused, or bounded and harmless', () => {
		const text = hostileText( 'server' );
		const word = fc.oneof(
			text.map( base64 ),
			fc.constantFrom( '-1', '1e400', '0.5', 'NaN', 'yes', '../../x 0 0 root' ),
			text.map( ( said ) => said.replace( /\p{Cc}/gu, '' ) )
		);
		const said = fc.array( fc.tuple( fc.constantFrom( ...names ), word ), { maxLength: 12 } );
		fc.assert(
			fc.property( said, ( lines ) => {
				const stdout = [
					'facts 1',
					'clock 1700000900',
					'queue 0',
					'stuck 0',
					'generation 0',
					'sendmail none',
					`machine ${ 'a'.repeat( 64 ) }`,
					...lines.map( ( line ) => line.join( ' ' ) ),
					'end',
				].join( '\n' );
				try {
					const parsed = parseFacts( stdout, new Secret( 'key' ), { fromMs: 0, toMs: 0 } );
					facts.parse( parsed );
					const {
						marker,
						sendmail: _sendmail,
						panels: _panels,
						packages: _packages,
						unfinished: _unfinished,
						lastJob: _lastJob,
						...decoded
					} = parsed;
					harmless( decoded );
					expect( marker === null || typeof marker.site.id === 'string' ).toBe( true );
				} catch ( error ) {
					expect( error ).toMatchObject( { code: 'server_answer_not_understood' } );
				}
			} ),
			{ numRuns: 500 }
		);
		expect( {} ).not.toHaveProperty( '0' );
	} );

	test( 'a step or a result of its is one we know, bounded and harmless, or nothing', () => {
		const words = fc.array(
			fc.oneof(
				hostileText( '4 finished packages' ),
				hostileText( 'x' ).map( base64 ),
				fc.constantFrom( 'result', 'done', 'failed', 'output', 'busy' )
			),
			{ maxLength: 30 }
		);
		const first = fc.constantFrom( '1 finished packages', 'result done', 'result failed disk_full nothing', '' );
		fc.assert(
			fc.property( first, words, ( head, rest ) => {
				const read = parseRunLine( `${ head } ${ rest.join( ' ' ).replaceAll( '\n', '' ) }` );
				const told =
					read === null
						? {}
						: 'event' in read
						? read.event.detail
						: 'detail' in read.result
						? read.result.detail
						: {};
				expect( Object.keys( told ).length ).toBeLessThanOrEqual( 8 );
				for ( const value of Object.values( told ) ) {
					expect( value.length ).toBeLessThanOrEqual( 600 );
					harmless( value.replaceAll( '\n', '' ) );
				}
			} ),
			{ numRuns: 500 }
		);
	} );
} );
