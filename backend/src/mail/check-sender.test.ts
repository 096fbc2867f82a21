import { afterEach, describe, expect, test } from '@jest/globals';
import { checkSender } from './check-sender.ts';
import { startTestDns, type TestDns, type TestZone } from './test-dns.ts';

const signal = AbortSignal.timeout( 60_000 );
const servers: TestDns[] = [];
afterEach( () => servers.splice( 0 ).forEach( ( server ) => server.stop() ) );

const check = async ( zone: TestZone, sendingDomain = 'site.test' ) => {
	const dns = await startTestDns( zone );
	servers.push( dns );
	const question = { smtpServer: 'smtp.fastmail.com', userName: 'me@site.test', sendingDomain };
	const checked = await checkSender( { question, dnsServers: [ dns.address ], signal } );
	return { checked, asked: dns.asked };
};

describe( 'checkSender', () => {
	test( 'reads what SPF records lead to, the keys and the policy', async () => {
		const longKey = `v=DKIM1; k=rsa; p=${ 'A'.repeat( 400 ) }`;
		const { checked, asked } = await check( {
			'site.test': { TXT: [ 'unrelated', 'v=spf1 include:spf.site.test -all' ] },
			'spf.site.test': { TXT: [ 'v=spf1 include:spf.messagingengine.com ?all' ] },
			'spf.messagingengine.com': { TXT: [ 'v=spf1 ip4:192.0.2.0/24 ?all' ] },
			'fm2._domainkey.site.test': { TXT: [ longKey ] },
			'_dmarc.site.test': { TXT: [ 'v=DMARC1; p=quarantine' ] },
		} );
		expect( checked ).toMatchObject( {
			domain: 'site.test',
			verdict: 'passes',
			spf: { state: 'passes', lookups: 2 },
			dkim: { state: 'found', selectors: [ 'fm2' ] },
			dmarc: { state: 'found', policy: 'quarantine' },
			toAdd: [],
		} );
		expect( asked.every( ( question ) => question.startsWith( 'TXT ' ) ) ).toBe( true );
	} );

	test( 'a name that exists without a record is not one that does not exist', async () => {
		expect( ( await check( { 'site.test': {} } ) ).checked.verdict ).toBe( 'fails' );
		expect( ( await check( {} ) ).checked.verdict ).toBe( 'no_such_domain' );
	} );

	test( 'asks for a bounded number of names, however long the chain is', async () => {
		const include = ( from: number ) =>
			Array.from( { length: 40 }, ( _, i ) => `include:${ from + i }.site.test` ).join( ' ' );
		const zone: TestZone = { 'site.test': { TXT: [ `v=spf1 ${ include( 0 ) } -all` ] } };
		for ( let i = 0; i < 400; i++ ) {
			zone[ `${ i }.site.test` ] = { TXT: [ `v=spf1 ${ include( i * 40 + 1 ) } -all` ] };
		}
		const { checked, asked } = await check( zone );
		expect( new Set( asked ).size ).toBeLessThanOrEqual( 60 );
		expect( checked.spf.state ).toBe( 'too_many_lookups' );
	}, 120_000 );

	test( 'DNS that stays silent is "cannot tell"', async () => {
		const { checked } = await check( { 'site.test': 'silent', '_dmarc.site.test': 'silent' } );
		expect( checked.spf.state ).toBe( 'cannot_tell' );
		expect( checked.dmarc.state ).toBe( 'cannot_tell' );
	}, 120_000 );
} );
