import { describe, expect, test } from '@jest/globals';
import { Secret } from '../vault/secret.ts';
import { parseFacts } from './look.ts';

const base64 = ( text: string ) => Buffer.from( text ).toString( 'base64' );
const key = new Secret( '00' );
/** It took 30 seconds. */
const asked = { fromMs: 1_700_000_280_000, toMs: 1_700_000_310_000 };
const digest = 'a'.repeat( 64 );

/** As facts.sh tells a Debian 12 with a gateway. */
const told = [
	'facts 1',
	'clock 1700000900',
	`system_id ${ base64( 'debian' ) }`,
	`system_version ${ base64( '12' ) }`,
	`system_name ${ base64( 'Debian GNU/Linux 12 (bookworm)' ) }`,
	'systemd yes',
	`hostname ${ base64( 'web1' ) }`,
	`fqdn ${ base64( 'web1.example.com' ) }`,
	'sendmail postfix',
	'root_store yes',
	`missing_files ${ base64( '/etc/postfix/postfix-files\n' ) }`,
	`machine ${ 'a'.repeat( 64 ) }`,
	'package ca-certificates 20230311',
	'package postfix 3.7.11-0+deb12u1',
	`candidate ${ base64( '3.7.11-0+deb12u1' ) }`,
	`postfix_version ${ base64( '3.7.11' ) }`,
	'postfix_running yes',
	'postfix_enabled yes',
	`parameters ${ base64( 'mydestination =\nrelayhost = [smtp.example.com]:587\n' ) }`,
	`services ${ base64( 'smtp       unix  -       -       n       -       -       smtp\n' ) }`,
	'generation 2',
	'queue 3',
	'stuck 2',
	'oldest 1700000000',
	'room /var/spool/postfix fd00 4096 5000 2000 1000 900',
	'room /var/log/email-gateway fd01 4096 18446744073709551615 2000 0 0',
	`deferral 2 1700000000 4 ${ base64( 'host x said: 450 \u0007\u202eno\nfacts 1' ) }`,
	'listens 0100007F 0019',
	'port25 0B00060A exim4',
	`others ${ base64( '/etc/postfix/mine/dkim.key\n' ) }`,
	`php_around ${ base64( '/usr/bin/msmtp /etc/php/8.2/fpm/php.ini\n- /etc/php/8.2/fpm/pool.d/my site.conf\n' ) }`,
	`file /etc/postfix/main.cf ${ digest } 644 root`,
	`root_alias ${ base64( 'boss@company.example' ) }`,
	'old_credential /etc/ssmtp/ssmtp.conf',
	`marker ${ base64( '{"site":{"id":"s","url":"https://example.com"},"serverId":4}' ) }`,
	'leftovers yes',
	'last_job 0f8fad5b-d9cb-469f-a165-70867728950e',
	'unfinished 0f8fad5b-d9cb-469f-a165-70867728950e dead',
	'end',
];
const parse = ( lines: readonly string[] ) => parseFacts( `${ lines.join( '\n' ) }\n`, key, asked );
const replaced = ( name: string, line: string ) =>
	told.map( ( found ) => ( found.startsWith( `${ name } ` ) ? line : found ) );

describe( 'the facts of a server', () => {
	test( 'are read from one line each', () => {
		expect( parse( told ) ).toMatchObject( {
			system: { id: 'debian', versionId: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
			packages: { postfix: '3.7.11-0+deb12u1', 'ca-certificates': '20230311' },
			postfix: {
				running: true,
				enabled: true,
				parameters: [ 'mydestination =', 'relayhost = [smtp.example.com]:587' ],
			},
			generation: 2,
			queue: 3,
			missingFiles: [ '/etc/postfix/postfix-files' ],
			rootStore: true,
			listens: [ { address: '0100007F', port: 25 } ],
			port25: [ { address: '0B00060A', program: 'exim4' } ],
			others: [ '/etc/postfix/mine/dkim.key' ],
			phpAround: [
				{ program: '/usr/bin/msmtp', file: '/etc/php/8.2/fpm/php.ini' },
				{ program: null, file: '/etc/php/8.2/fpm/pool.d/my site.conf' },
			],
			clockAheadS: 590,
			stuck: 2,
			oldestS: 900,
			room: [
				{
					...{ folder: '/var/spool/postfix', system: 'fd00', blockBytes: 4096, blocks: 5000 },
					...{ freeBlocks: 2000, inodes: 1000, freeInodes: 900 },
				},
				{ system: 'fd01', blocks: Number.MAX_SAFE_INTEGER, inodes: 0 },
			],
			deferrals: [ { count: 2, at: 1_700_000_000, route: 4, reason: 'host x said: 450 nofacts 1' } ],
			files: [ { path: '/etc/postfix/main.cf', digest, mode: '644', owner: 'root' } ],
			rootAlias: 'boss@company.example',
			oldCredentials: [ '/etc/ssmtp/ssmtp.conf' ],
			marker: { site: { id: 's', url: 'https://example.com' }, serverId: 4 },
			leftovers: true,
			unfinished: { jobId: '0f8fad5b-d9cb-469f-a165-70867728950e', running: false },
		} );
	} );

	test( 'of a bare server have nothing of Postfix', () => {
		const bare = told.filter( ( line ) => /^(facts|clock|system|hostname|free|machine|end)/.test( line ) );

		expect(
			parse( [ ...bare.slice( 0, -1 ), 'sendmail none', 'generation 0', 'queue 0', 'stuck 0', 'end' ] )
		).toMatchObject( {
			fqdn: '',
			candidate: null,
			postfixVersion: null,
			postfix: { running: false, enabled: false, parameters: [], services: [], masked: [], mainIsLink: false },
			marker: null,
			unfinished: null,
			lastJob: null,
		} );
	} );

	test( 'keep the key of their digests from being printed', () => {
		expect( JSON.stringify( parse( told ) ) ).toContain( '"digestKey":"***"' );
	} );

	test( 'lose control and direction characters', () => {
		expect(
			parse( replaced( 'system_name', `system_name ${ base64( 'De\u001b[31mbian\u202e\n12' ) }` ) ).system
				.prettyName
		).toBe( 'De[31mbian12' );
	} );

	test.each( [
		[ 'cut off before their end', told.slice( 0, -1 ) ],
		[ 'of another program', [ 'Welcome to web1', ...told ] ],
		[ 'with a number that is none', replaced( 'queue', 'queue many' ) ],
		[ 'with a digest that is none', replaced( 'file', 'file /etc/postfix/main.cf XYZ 644 root' ) ],
		[ 'with an address that is none', replaced( 'port25', 'port25 <script>' ) ],
		[ 'with a marker that is no JSON', replaced( 'marker', `marker ${ base64( 'hello' ) }` ) ],
		[ 'with a marker of another shape', replaced( 'marker', `marker ${ base64( '{"site":1}' ) }` ) ],
		[ 'with an endless name', replaced( 'hostname', `hostname ${ base64( 'x'.repeat( 300 ) ) }` ) ],
		[ 'facts without the number of waiting messages', replaced( 'queue', 'queue ' ) ],
		[ 'with a time that is none', replaced( 'clock', 'clock noon' ) ],
		[ 'with room that is none', replaced( 'room', 'room /var/spool/postfix fd00 4096 5000 lots 0 0' ) ],
		[ 'with an age that is none', replaced( 'oldest', 'oldest yesterday' ) ],
		[ 'with an age and no clock', replaced( 'clock', 'clock ' ) ],
		[ 'with a reason that has no number', replaced( 'deferral', 'deferral x y z' ) ],
		[ 'with a reason that is too long', replaced( 'deferral', `deferral 1 1 0 ${ base64( 'x'.repeat( 601 ) ) }` ) ],
		[ 'facts without the queue', replaced( 'queue', 'hostname ' ) ],
	] )( '%s are refused', ( _what, lines ) => {
		expect( () => parse( lines ) ).toThrow( expect.objectContaining( { code: 'server_answer_not_understood' } ) );
	} );
} );
