import { describe, expect, test } from '@jest/globals';
import { plan } from './plan.ts';
import { desireFor, freshFacts, installedFacts } from './test-facts.ts';

const subjects = ( facts: typeof freshFacts, changes = {}, password = 'secret' ) =>
	plan( facts, desireFor( facts, changes, password ) ).map( ( { kind, subject } ) => `${ kind } ${ subject }` );

describe( 'the plan', () => {
	test( 'is empty on a server that is right', () => {
		expect( subjects( installedFacts() ) ).toEqual( [] );
	} );

	test( 'names every package, file and parameter on a fresh server, each with its reason', () => {
		const steps = plan( freshFacts, desireFor( freshFacts ) );

		expect( steps[ 0 ] ).toEqual( {
			kind: 'install_package',
			subject: 'postfix',
			value: '3.7.11-0+deb12u1',
			was: null,
			why: 'the mail relay',
		} );
		expect( steps ).toContainEqual(
			expect.objectContaining( {
				kind: 'set_parameter',
				subject: 'relayhost',
				value: '[smtp.provider.example]:587',
				was: null,
			} )
		);
		expect( steps ).toContainEqual(
			expect.objectContaining( { kind: 'write_file', subject: '/etc/postfix/gateway-1/sasl_passwd' } )
		);
		expect( steps.at( -1 ) ).toMatchObject( { kind: 'enable_service', subject: 'postfix' } );
		expect( steps.every( ( { why } ) => why.length > 5 ) ).toBe( true );
	} );

	test( 'says once who got mail for root so far, where that changes', () => {
		const told = ( facts: typeof freshFacts ) => JSON.stringify( plan( facts, desireFor( facts ) ) );
		const said = '/etc/aliases sends mail for root to boss@company.example and is no longer read';

		expect( told( { ...freshFacts, rootAlias: 'boss@company.example' } ) ).toContain( said );
		expect( told( { ...freshFacts, rootAlias: 'admin@example.com' } ) ).not.toContain( '/etc/aliases' );
		expect( told( { ...freshFacts, rootAlias: 'deploy' } ) ).not.toContain( '/etc/aliases' );
		expect( told( { ...installedFacts(), rootAlias: 'boss@company.example', files: [] } ) ).not.toContain( said );
	} );

	test( 'names each unit that is masked', () => {
		const facts = { ...freshFacts, postfix: { ...freshFacts.postfix, masked: [ 'postfix.service' ] } };

		expect( plan( facts, desireFor( facts ) ) ).toContainEqual(
			expect.objectContaining( { kind: 'enable_service', subject: 'postfix.service', was: 'masked' } )
		);
	} );

	test( 'holds no secret', () => {
		const text = JSON.stringify( plan( freshFacts, desireFor( freshFacts, {}, 'c0rrect horse' ) ) );

		expect( text ).toContain( 'sasl_passwd' );
		expect( text ).not.toContain( 'c0rrect horse' );
	} );

	test( 'of a new password writes the credential and reloads, nothing else', () => {
		expect( subjects( installedFacts(), {}, 'another' ) ).toEqual( [
			'write_file /etc/postfix/gateway-3/sasl_passwd',
			'reload postfix',
		] );
	} );

	test( 'tells what a parameter was before', () => {
		const facts = installedFacts();

		expect( plan( facts, desireFor( facts, { smtpPort: 465 } ) ) ).toEqual(
			expect.arrayContaining( [
				expect.objectContaining( {
					subject: 'relayhost',
					value: '[smtp.provider.example]:465',
					was: '[smtp.provider.example]:587',
				} ),
				expect.objectContaining( { subject: 'smtp_tls_wrappermode', value: 'yes', was: null } ),
			] )
		);
	} );

	test( 'takes a password that ssmtp left behind out of /etc, also where the gateway is right otherwise', () => {
		expect( subjects( { ...installedFacts(), oldCredentials: [ '/etc/ssmtp/ssmtp.conf' ] } ) ).toEqual( [
			'remove_file /etc/ssmtp/ssmtp.conf',
			'reload postfix',
		] );
	} );

	test( 'undoes a change made by hand in main.cf', () => {
		const facts = installedFacts();
		const files = facts.files.map( ( file ) =>
			file.path === '/etc/postfix/main.cf' ? { ...file, digest: '0'.repeat( 64 ) } : file
		);
		const parameters = [
			...facts.postfix.parameters.filter( ( line ) => ! line.startsWith( 'inet_interfaces' ) ),
			'inet_interfaces = all',
			'mail_name = Mine',
		];

		const steps = plan( { ...facts, files, postfix: { ...facts.postfix, parameters } }, desireFor( facts ) );

		expect( steps.map( ( { subject, value, was } ) => [ subject, value, was ] ) ).toEqual( [
			[ 'inet_interfaces', 'loopback-only', 'all' ],
			[ 'mail_name', null, 'Mine' ],
			[ 'postfix', null, null ],
		] );
	} );

	test( 'mends the permissions of the credential', () => {
		const facts = installedFacts();
		const files = facts.files.map( ( file ) =>
			file.path.endsWith( 'sasl_passwd' ) ? { ...file, mode: '644' } : file
		);

		expect( subjects( { ...facts, files } ) ).toEqual( [
			'write_file /etc/postfix/gateway-3/sasl_passwd',
			'reload postfix',
		] );
	} );

	const withServices = ( change: ( lines: string[] ) => string[] ) => {
		const facts = installedFacts();
		return {
			...facts,
			files: facts.files.filter( ( { path } ) => path !== '/etc/postfix/master.cf' ),
			postfix: { ...facts.postfix, services: change( facts.postfix.services ) },
		};
	};

	test( 'gives back owners and permissions that somebody took away', () => {
		const facts = { ...installedFacts(), lostRights: [ '/usr/sbin/postdrop' ] };

		expect( plan( facts, desireFor( facts ) ) ).toMatchObject( [
			{
				kind: 'write_file',
				subject: '/usr/sbin/postdrop',
				why: expect.stringMatching( /permissions were changed/ ),
			},
			{ kind: 'reload', subject: 'postfix' },
		] );
	} );

	test( 'mends a jailed smtp and a missing tlsproxy in master.cf', () => {
		const facts = withServices( ( lines ) =>
			lines
				.filter( ( line ) => ! line.startsWith( 'tlsproxy' ) )
				.map( ( line ) => ( line.startsWith( 'smtp  unix' ) ? 'smtp unix - - y - - smtp' : line ) )
		);

		expect( subjects( facts ) ).toEqual( [
			'set_parameter master.cf smtp/unix',
			'set_parameter master.cf tlsproxy/unix',
			'reload postfix',
		] );
	} );

	test.each( [
		[
			'an option that would send the password over any connection',
			'smtp unix - - n - - smtp -o smtp_tls_security_level=encrypt',
		],
		[ 'an option that would relay for everybody', 'smtp inet n - y - - smtpd -o smtpd_relay_restrictions=permit' ],
		[ 'another program', 'pickup unix n - y 60 1 cleanup' ],
	] )( 'undoes in master.cf %s', ( _what, line ) => {
		const [ service = '', type = '' ] = line.split( ' ' );
		const facts = withServices( ( lines ) => [
			...lines.filter( ( other ) => ! other.startsWith( `${ service }  ${ type }  ` ) ),
			line,
		] );

		const [ found, last ] = plan( facts, desireFor( facts ) );

		expect( found ).toMatchObject( { subject: `master.cf ${ service }/${ type }`, was: line } );
		expect( last ).toMatchObject( { kind: 'reload' } );
	} );

	test( 'takes a service of somebody else out of master.cf, and says where its text stays', () => {
		const [ step ] = plan(
			...( ( facts ) => [ facts, desireFor( facts ) ] as const )(
				withServices( ( lines ) => [ ...lines, 'submission inet n - y - - smtpd' ] )
			)
		);

		expect( step ).toMatchObject( {
			kind: 'remove_service',
			subject: 'submission/inet',
			was: 'submission inet n - y - - smtpd',
			why: expect.stringContaining( '/var/backups/email-gateway' ),
		} );
	} );

	test( 'restarts a Postfix that listens where it should not, though all its files are right', () => {
		const facts = installedFacts();
		const listens = [ ...facts.listens, { address: '00000000', port: 587 } ];

		expect( plan( { ...facts, listens }, desireFor( facts ) ) ).toEqual( [
			expect.objectContaining( { kind: 'restart', subject: 'postfix', was: '0.0.0.0:587' } ),
		] );
	} );

	test( 'starts a Postfix that was stopped', () => {
		const facts = installedFacts();

		expect( subjects( { ...facts, postfix: { ...facts.postfix, running: false } } ) ).toEqual( [
			'enable_service postfix',
		] );
	} );

	test( 'says which mail system is replaced', () => {
		const facts = {
			...freshFacts,
			sendmail: 'exim4-daemon-light',
			packages: { ...freshFacts.packages, 'exim4-daemon-light': '4.96' },
		};

		expect( plan( facts, desireFor( facts ) )[ 0 ] ).toMatchObject( {
			kind: 'remove_package',
			subject: 'exim4-daemon-light',
			was: '4.96',
		} );
	} );

	test( 'says that etckeeper would keep a copy of the credential', () => {
		const facts = { ...freshFacts, etckeeper: true };

		expect(
			plan( facts, desireFor( facts ) )
				.filter( ( { why } ) => why.includes( 'etckeeper' ) )
				.map( ( { subject } ) => subject )
		).toEqual( [ '/etc/postfix/gateway-1/sasl_passwd' ] );
	} );

	test( 'is not empty while an earlier run is unfinished', () => {
		expect( subjects( { ...installedFacts(), unfinished: { jobId: 'x', running: false } } ) ).toEqual( [
			'write_file /var/lib/email-gateway',
			'reload postfix',
		] );
	} );

	test( 'of another site writes the marker', () => {
		const facts = {
			...installedFacts(),
			marker: { site: { id: 'other', url: 'https://other.example' }, serverId: 1 },
		};

		expect( plan( facts, desireFor( facts ) )[ 0 ] ).toMatchObject( {
			subject: '/var/lib/email-gateway/marker',
			was: 'https://other.example',
		} );
	} );
} );
