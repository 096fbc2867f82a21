// Behind a real nginx and a real Caddy, with the configurations of docs/production.md.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { freePort } from '../../test-fixtures/spawn-backend.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

jest.setTimeout( 120_000 );

const page = readFileSync( new URL( '../../../docs/production.md', import.meta.url ), 'utf8' );
const [ , forNginx = '' ] = /```nginx\n([\s\S]*?)\n```/.exec( page ) ?? [];
const [ , forCaddy = '' ] = /Caddyfile <<'END'\n([\s\S]*?)\nEND/.exec( page ) ?? [];
let backend: TestBackend;
let proxy: ChildProcess;
let folder = '';
let port = 0;

function startNginx( certificate: string, key: string ): ChildProcess {
	const site = forNginx
		.replace( 'listen 443 ssl;', `listen 127.0.0.1:${ port } ssl;` )
		.replace( '/etc/ssl/gateway.pem', certificate )
		.replace( '/etc/ssl/gateway.key', key )
		.replace( 'http://127.0.0.1:8025', backend.audience )
		// the times of the page, shorter
		.replaceAll( /_timeout 10s;/g, '_timeout 1s;' );
	const paths = [ 'client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi' ].map(
		( kind ) => `${ kind }_temp_path ${ folder }/${ kind };`
	);
	const own = `daemon off; pid ${ folder }/pid; error_log stderr; events {}`;
	const file = join( folder, 'nginx.conf' );
	writeFileSync( file, `${ own }\nhttp { access_log off; ${ paths.join( ' ' ) }\n${ site }\n}\n` );
	return spawn( 'nginx', [ '-p', folder, '-c', file ], { stdio: [ 'ignore', 'ignore', 'pipe' ] } );
}

function startCaddy( certificate: string, key: string ): ChildProcess {
	const site = forCaddy
		.replace(
			'gateway.example.com {',
			`https://127.0.0.1:${ port } {\n\tbind 127.0.0.1\n\ttls ${ certificate } ${ key }`
		)
		.replace( '127.0.0.1:8025', new URL( backend.audience ).host );
	const file = join( folder, 'Caddyfile' );
	writeFileSync( file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${ site }\n` );
	return spawn( 'caddy', [ 'run', '--adapter', 'caddyfile', '--config', file ], {
		stdio: [ 'ignore', 'ignore', 'pipe' ],
		env: { PATH: process.env.PATH, HOME: folder },
	} );
}

function ask( path: string, { method = 'GET', headers = {}, body = '' } = {} ): Promise< number > {
	return new Promise( ( resolve, reject ) => {
		request( { host: '127.0.0.1', port, path, method, headers, rejectUnauthorized: false }, ( response ) => {
			response.resume().on( 'end', () => resolve( response.statusCode ?? 0 ) );
		} )
			.on( 'error', reject )
			.end( body );
	} );
}

describe.each( [
	[ 'nginx', startNginx ],
	[ 'Caddy', startCaddy ],
] )( 'behind a real %s', ( name, start ) => {
	beforeAll( async () => {
		backend = await startBackend( { withWorker: false } );
		folder = mkdtempSync( join( tmpdir(), 'email-gateway-proxy-' ) );
		port = await freePort();
		const [ key, certificate ] = [ join( folder, 'key.pem' ), join( folder, 'cert.pem' ) ];
		const subject = [ '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2' ];
		const files = [ '-keyout', key, '-out', certificate ];
		execFileSync( 'openssl', [ 'req', '-x509', '-newkey', 'ed25519', '-nodes', ...subject, ...files ], {
			stdio: 'ignore',
		} );
		proxy = start( certificate, key );
		let said = '';
		proxy.stderr?.on( 'data', ( bytes ) => ( said += bytes ) );
		for ( let tries = 0; ; tries++ ) {
			const status = await ask( '/health' ).catch( () => 0 );
			if ( status === 200 ) {
				break;
			}
			if ( tries > 300 || proxy.exitCode !== null ) {
				throw new Error( `${ name } does not answer: ${ said }` );
			}
			await new Promise( ( resolve ) => setTimeout( resolve, 100 ) );
		}
	} );
	afterAll( async () => {
		proxy.kill( 'SIGTERM' );
		await once( proxy, 'exit' );
		await backend.stop();
		rmSync( folder, { recursive: true } );
	} );

	test( 'an address that a client makes up does not get round the limits by address', async () => {
		const statuses: number[] = [];
		for ( let index = 0; index < 21; index++ ) {
			const headers = { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${ index }` };
			statuses.push( await ask( '/v1/pair', { method: 'POST', headers, body: '{}' } ) );
		}
		expect( statuses.slice( 0, 20 ).every( ( status ) => status === 422 ) ).toBe( true );
		expect( statuses[ 20 ] ).toBe( 429 );
	} );

	// Caddy hands the head on when it is whole, and the backend ends what takes too long
	if ( name === 'nginx' ) {
		test.each( [
			[ 'headers', 'GET /health HTTP/1.1\r\nHost: x\r\nX: ' ],
			[
				'bodies',
				'POST /v1/pair HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n{',
			],
		] )( '%s that never come are cut off', async ( _name, head ) => {
			const socket = connectTls( { host: '127.0.0.1', port, rejectUnauthorized: false } ).on( 'error', () => {} );
			await once( socket, 'secureConnect' );
			socket.write( head );
			await once( socket.resume(), 'close' );
			expect( await ask( '/health' ) ).toBe( 200 );
		} );
	}
} );
