import { describe, expect, test } from '@jest/globals';
import { plan } from './plan.ts';
import type { freshFacts } from './test-facts.ts';
import { desireFor, installedFacts } from './test-facts.ts';

const subjects = ( facts: typeof freshFacts, changes = {}, password = 'secret' ) =>
	plan( facts, desireFor( facts, changes, password ) ).map( ( { kind, subject } ) => `${ kind } ${ subject }` );

describe( 'the plan', () => {
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

		expect( plan( { ...facts, files }, desireFor( facts ) ) ).toMatchObject( [
			{
				...{ kind: 'write_file', subject: '/etc/postfix/gateway-3/sasl_passwd', value: null },
				why: expect.stringMatching( /; others on this server could read it: change the password at the/ ),
			},
			{ kind: 'reload', subject: 'postfix' },
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
} );
