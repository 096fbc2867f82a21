import { describe, expect, test } from '@jest/globals';
import type { Facts } from './facts.ts';
import { refusalOf, supportOf } from './refusal.ts';
import { freshFacts, installedFacts, site } from './test-facts.ts';

const refuse = ( facts: Facts, consents: string[] = [] ) => {
	const refusal = refusalOf( facts, { site, consents } );
	return refusal && { code: refusal.code, detail: refusal.detail, changed: refusal.changed };
};
const system = ( id: string, versionId: string ) => ( {
	id,
	versionId,
	prettyName: `${ id } ${ versionId }`,
} );
const withPostfix = ( parameters: string[] ): Facts => ( {
	...freshFacts,
	postfixVersion: '3.7.11',
	sendmail: 'postfix',
	packages: { ...freshFacts.packages, postfix: '3.7.11-0+deb12u1' },
	postfix: { ...freshFacts.postfix, parameters },
} );
const localOnly = [
	'compatibility_level = 3.6',
	'default_transport = error',
	'inet_interfaces = loopback-only',
	'relay_transport = error',
	'mydestination = $myhostname, localhost',
	'mynetworks_style = host',
	'relayhost =',
];

describe( 'what is said of a system', () => {
	test.each( [
		[ 'debian', '12', 'tested' ],
		[ 'debian', '13', 'tested' ],
		[ 'debian', '11', 'untested' ],
		[ 'ubuntu', '24.04', 'untested' ],
		[ 'ubuntu', '20.04', 'unsupported' ],
		[ 'debian', '10', 'unsupported' ],
		[ 'fedora', '41', 'unsupported' ],
	] )( '%s %s is %s', ( id, versionId, support ) => {
		expect( supportOf( system( id, versionId ) ) ).toBe( support );
	} );
} );

describe( 'a server', () => {
	test.each( [
		[ 'debian', '11' ],
		[ 'debian', '12' ],
		[ 'debian', '13' ],
		[ 'ubuntu', '22.04' ],
		[ 'ubuntu', '24.04' ],
		[ 'ubuntu', '26.04' ],
	] )( 'with %s %s is taken', ( id, version ) => {
		expect( refuse( { ...freshFacts, system: system( id, version ) } ) ).toBeNull();
	} );

	test.each( [
		[ 'debian', '10' ],
		[ 'debian', '' ],
		[ 'ubuntu', '20.04' ],
		[ 'almalinux', '9.4' ],
		[ '', '' ],
	] )( 'with "%s %s" is refused with what was found', ( id, version ) => {
		expect( refuse( { ...freshFacts, system: system( id, version ) } ) ).toEqual( {
			code: 'system_unsupported',
			detail: { found: `${ id } ${ version }` },
			changed: null,
		} );
	} );

	test( 'with a control panel is refused, whatever one agrees to', () => {
		expect(
			refuse( { ...freshFacts, panels: [ 'plesk' ] }, [ 'replace_foreign_postfix', 'install_anyway' ] )
		).toMatchObject( { code: 'panel_found', detail: { found: [ 'plesk' ] } } );
	} );

	test( 'with our own gateway is taken', () => {
		expect( refuse( installedFacts() ) ).toBeNull();
	} );

	test( 'managed by another site is taken only by explicit choice', () => {
		const facts = {
			...installedFacts(),
			marker: { site: { id: 'other', url: 'https://other.example' }, serverId: 3 },
		};

		expect( refuse( facts ) ).toMatchObject( {
			code: 'managed_by_another_site',
			detail: { siteUrl: 'https://other.example', serverId: 3, sameSite: false },
		} );
		expect( refuse( facts, [ 'adopt_from_another_site' ] ) ).toBeNull();
	} );

	test( 'managed by another post of the same site is taken only by explicit choice', () => {
		expect(
			refuse( { ...installedFacts(), marker: { site: { id: site.id, url: site.url }, serverId: 8 } } )
		).toMatchObject( {
			code: 'managed_by_another_site',
			detail: { sameSite: true, serverId: 8 },
		} );
	} );

	test( 'with the Postfix of the package and no configuration, or "Local only", is taken', () => {
		expect( refuse( withPostfix( [] ) ) ).toBeNull();
		expect( refuse( withPostfix( localOnly ) ) ).toBeNull();
	} );

	test.each( [
		[ 'that relays elsewhere', [ 'relayhost = [mail.example.org]' ] ],
		[ 'that receives mail', [ 'inet_interfaces = all', 'mydestination = example.com' ] ],
		[ '"Local only" with a relay', [ ...localOnly.slice( 0, -1 ), 'relayhost = [mail.example.org]' ] ],
		[
			'"Local only" with something of its administrator',
			[ ...localOnly, 'virtual_alias_maps = hash:/etc/postfix/virtual' ],
		],
	] )( 'with a Postfix %s is refused with the facts, and taken by explicit choice', ( _what, parameters ) => {
		expect( refuse( withPostfix( parameters ) ) ).toMatchObject( {
			code: 'foreign_postfix',
			detail: { found: expect.arrayContaining( [ parameters.at( -1 ) ] ) },
		} );
		expect( refuse( withPostfix( parameters ), [ 'replace_foreign_postfix' ] ) ).toBeNull();
	} );

	test.each( [
		[ 'a service of its own', 'submission inet n - y - - smtpd' ],
		[ 'an option of its own', 'smtp inet n - y - - smtpd -o smtpd_milters=unix:/run/signer' ],
	] )(
		'with a Postfix that has in master.cf %s is refused with it, and taken by explicit choice',
		( _what, service ) => {
			const facts = withPostfix( localOnly );
			const postfix = { ...facts.postfix, services: [ ...facts.postfix.services, service ] };

			expect( refuse( { ...facts, postfix } ) ).toMatchObject( {
				code: 'foreign_postfix',
				detail: { found: [ service ] },
			} );
			expect( refuse( { ...facts, postfix }, [ 'replace_foreign_postfix' ] ) ).toBeNull();
		}
	);

	test( 'with another program on port 25 is refused only where Postfix needs that address', () => {
		const taken = { address: '00000000', program: 'catcher' };

		expect( refuse( { ...freshFacts, port25: [ taken ] } ) ).toEqual( {
			code: 'port_25_taken',
			detail: { program: 'catcher', address: '0.0.0.0' },
			changed: null,
		} );
		expect( refuse( { ...freshFacts, port25: [ { ...taken, address: '0B00060A' } ] } ) ).toBeNull();
		expect( refuse( { ...freshFacts, sendmail: 'exim4-daemon-light', port25: [ taken ] } ) ).toBeNull();
	} );

	test( 'with a sendmail of no package is refused', () => {
		expect( refuse( { ...freshFacts, sendmail: 'unpackaged' } ) ).toMatchObject( { code: 'foreign_postfix' } );
	} );

	test( 'with another mail system of the distribution is taken: it is given back later', () => {
		expect( refuse( { ...freshFacts, sendmail: 'exim4-daemon-light' } ) ).toBeNull();
	} );
} );
