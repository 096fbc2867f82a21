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
