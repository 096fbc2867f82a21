import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openAnIncident } from '../../test-fixtures/every-change.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';

const token = 'token-of-the-operator-0123456789abcdef';
let backend: TestBackend;
let without: TestBackend;
beforeAll( async () => {
	backend = await startBackend( { env: { EMAIL_GATEWAY_METRICS_TOKEN: token } } );
	without = await startBackend( { withWorker: false } );
	const site = await backend.site( { siteUrl: 'https://tenant.example.com' } );
	await connectServer( site, 5 );
	await openAnIncident( backend.app.db );
	await sql`insert into watches (server, state, since) select id, 'waiting', now() - interval '2 hours' from servers
		on conflict (server) do update set state = excluded.state, since = excluded.since`.execute( backend.app.db );
	await sql`update servers set last_look = '{"mail":{"waiting":3,"oldestS":7000}}'`.execute( backend.app.db );
}, 120_000 );
afterAll( async () => {
	await backend.stop();
	await without.stop();
} );

const ask = async ( of: TestBackend, authorization?: string ) => {
	const answer = await fetch( `${ of.audience }/metrics`, { headers: authorization ? { authorization } : {} } );
	return { status: answer.status, type: answer.headers.get( 'content-type' ), text: await answer.text() };
};

test( 'are told to who knows the token, in the format of Prometheus, and name no site and no server', async () => {
	const { status, type, text } = await ask( backend, `Bearer ${ token }` );
	expect( [ status, type ] ).toEqual( [ 200, 'text/plain; version=0.0.4; charset=utf-8' ] );
	for ( const line of text.trim().split( '\n' ) ) {
		expect( line ).toMatch( /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? -?\d+(\.\d+)?)$/ );
	}
	expect( text ).toContain( '\nemail_gateway_sites 1\n' );
	expect( text ).toMatch( /\nemail_gateway_state_age_seconds\{state="waiting"\} 72\d\d\n/ );
	expect( text ).toContain( '\nemail_gateway_oldest_waiting_seconds 7000\n' );
	expect( text ).toContain( '\nemail_gateway_incidents{trouble="stopped"} 1\n' );
	expect( text ).not.toMatch( /tenant|203\.0\.113/ );
	expect( backend.logged() ).not.toContain( token );
} );

test( 'are not there for anybody else, and without a token in the settings for nobody', async () => {
	const nothing = await ask( without );
	expect( nothing.status ).toBe( 404 );
	for ( const authorization of [ undefined, 'Bearer ', `Bearer ${ token }x`, `bearer ${ token }`, token ] ) {
		expect( await ask( backend, authorization ) ).toEqual( nothing );
	}
	expect( await ask( without, `Bearer ${ token }` ) ).toEqual( nothing );
	expect( await ask( without, 'Bearer undefined' ) ).toEqual( nothing );
} );
