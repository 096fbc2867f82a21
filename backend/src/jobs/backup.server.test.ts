import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { accountOf } from '../../test-fixtures/accounts.ts';
import { lookOnce } from '../../test-fixtures/look-once.ts';
import { passHours } from '../../test-fixtures/pass-hours.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from '../mail/test-smtp.ts';
import { addressTowards, beginOn, removeIfThere, say } from '../programs/test-gateway.ts';
import type { Remote } from '../ssh/remote.ts';
import { testServers } from '../ssh/test-servers.ts';
import { realTools } from './tools.ts';

jest.setTimeout( 300_000 );

const serverId = 29;
const [ uid, siteUser ] = [ 2901, 'site-b' ];
const policy = { automatic: true, atLimit: false, afterMinutes: 15 };
const done = { state: 'succeeded' };
const hostOf = ( name: string ) => `${ name }.backup-test.example`;
const forget = `sed -i '/backup-test.example$/d' /etc/hosts; rm -f /usr/local/share/ca-certificates/backup-test-*; update-ca-certificates --fresh >/dev/null 2>&1`;

/** A provider under a name and an authority of its own. */
async function startProvider( name: string, host: string ) {
	const certificates = makeTestCertificates( hostOf( name ) );
	const script: Script = { tls: certificates.good, auth: 'PLAIN' };
	const smtp: TestSmtp = await startTestSmtp( script, { host } );
	const subjects = () =>
		smtp.taken.map( ( { lines } ) => lines.find( ( line ) => line.startsWith( 'Subject: ' ) )?.slice( 9 ) );
	const passwords = () =>
		new Set(
			smtp.heard
				.filter( ( line ) => line.startsWith( 'AUTH PLAIN ' ) )
				.map( ( line ) => Buffer.from( line.slice( 11 ), 'base64' ).toString( 'utf8' ).split( '\0' )[ 2 ] )
		);
	return { name, script, smtp, ca: certificates.ca, subjects, passwords };
}

describe.each( testServers() )( 'a backup account ($kind)', ( server ) => {
	let remote: Remote;
	let backend: TestBackend;
	let site: SiteClient;
	let one: Awaited< ReturnType< typeof startProvider > >;
	let two: typeof one;
	const ids: Record< string, string > = {};

	const ended = async ( { body }: { body: object } ) => {
		expect( body ).toHaveProperty( 'jobId' );
		return ( await site.untilEnded( serverId, ( body as { jobId: string } ).jobId, { timeoutMs: 200_000 } ) ).job;
	};
	const values = ( { name, smtp }: typeof one ) => ( {
		...{ smtpServer: hostOf( name ), smtpPort: smtp.port, userName: `${ name }@backup-test.example` },
		...{ sendingDomain: 'backup-test.example', note: '' },
	} );
	const send = ( subject: string ) =>
		say(
			remote,
			`printf 'From: a@backup-test.example\\nSubject: ${ subject }\\n\\nx\\n' | sendmail b@example.org`
		);
	const settled = () =>
		say(
			remote,
			'for i in $(seq 60); do [ -n "$(find /var/spool/postfix/maildrop /var/spool/postfix/incoming /var/spool/postfix/active -type f)" ] || break; sleep 0.5; done'
		);
	/** Looks, and waits for the job that the look may have asked for. */
	const look = async () => {
		await lookOnce( backend.app );
		const { job, gateway } = ( await site.call( 'readServer', { serverId } ) ).body;
		const after = job && ( await site.untilEnded( serverId, job.jobId, { timeoutMs: 200_000 } ) ).job;
		expect( after ).toMatchObject( { state: 'succeeded' } );
		return gateway;
	};
	const saveAccount = async ( of: ReturnType< typeof values >, called: string, secret: string ) => {
		const password = { use: 'typed', value: secret } as const;
		const account = accountOf( { ...of, password }, { name: called, isDefault: called === 'one' } );
		const { accounts } = ( await site.call( 'saveAccount', { body: { account } } ) ).body;
		return accounts.find( ( { name } ) => name === called )?.id ?? '';
	};
	const choose = async ( account: string ) => {
		const body = { ...policy, uid, account: ids[ account ] ?? '' };
		expect( ( await site.call( 'chooseRouteBackup', { serverId, body } ) ).body ).toEqual( { saved: true } );
	};
	const sendAsSite = ( subject: string ) =>
		say(
			remote,
			`setpriv --reuid ${ siteUser } --clear-groups sh -c "printf 'Subject: ${ subject }\\n\\nx\\n' | sendmail b@example.org"`
		);
	/** By whose login a message of the first provider came. */
	const userOf = ( subject: string ) =>
		one.smtp.taken.find( ( { lines } ) => lines.includes( `Subject: ${ subject }` ) )?.user;
	const shownRoute = async () =>
		( await site.call( 'readSites', { serverId } ) ).body.users.find( ( user ) => user.uid === uid )?.route?.backup;
	const shown = async () => ( await site.call( 'readServer', { serverId } ) ).body.gateway.backup;

	beforeAll( async () => {
		( { remote } = await beginOn( server ) );
		const host = await addressTowards( server );
		one = await startProvider( 'one', host );
		two = await startProvider( 'two', host );
		setDefaultCACertificates( [ ...getCACertificates( 'default' ), one.ca, two.ca ] );
		await say( remote, forget );
		for ( const { name, ca } of [ one, two ] ) {
			await say(
				remote,
				`echo '${ host } ${ hostOf(
					name
				) }' >>/etc/hosts; printf '%s' '${ ca }' >/usr/local/share/ca-certificates/backup-test-${ name }.crt`
			);
		}
		await say( remote, 'update-ca-certificates >/dev/null 2>&1' );
		backend = await startBackend( { tools: realTools } );
		site = await backend.site();
		const { host: address, sshPort, sshUser, keyFile } = server;
		const privateKey = { use: 'typed', value: readFileSync( keyFile, 'utf8' ) } as const;
		const signIn = { kind: 'private_key', privateKey, passphrase: null } as const;
		const connection = { host: address, sshPort, sshUser, signIn };
		await ended( await site.call( 'saveConnection', { serverId, body: { connection } } ) );
		const { connection: seen } = ( await site.call( 'readServer', { serverId } ) ).body;
		const fingerprint = seen?.hostKey?.fingerprint ?? '';
		await ended( await site.call( 'trustHostKey', { serverId, body: { fingerprint } } ) );
		for ( const provider of [ one, two ] ) {
			ids[ provider.name ] = await saveAccount(
				values( provider ),
				provider.name,
				`secret of ${ provider.name }`
			);
		}
		const password = { use: 'account', id: ids.one ?? '' } as const;
		const settings = { ...values( one ), password };
		const installed = await ended( await site.call( 'installGateway', { serverId, body: { settings } } ) );
		expect( installed ).toMatchObject( { state: 'succeeded' } );
		const rules = { account: ids.two ?? '', ...policy };
		expect( ( await site.call( 'chooseBackup', { serverId, body: rules } ) ).body ).toEqual( { saved: true } );
	} );
	afterAll( async () => {
		await say( remote, 'postsuper -d ALL 2>/dev/null; true' );
		await removeIfThere( remote );
		await say(
			remote,
			`${ forget }; userdel ${ siteUser }; rm -rf /var/lib/email-gateway-saved-queue-* /var/backups/email-gateway`
		);
		remote.close();
		await backend.stop();
		await Promise.all( [ one.smtp.stop(), two.smtp.stop() ] );
	} );

	test( 'what waits for a provider that refuses the login is delivered by the other, each with its own password', async () => {
		await send( 'before' );
		await settled();
		expect( one.subjects() ).toEqual( [ 'before' ] );
		one.script.replies = { AUTH: '535 5.7.8 Error: authentication failed' };
		// the connection that was signed in before is used again while it lasts
		one.smtp.hangUp();
		await sleep( 1000 );
		for ( const subject of [ 'waits 1', 'waits 2', 'waits 3' ] ) {
			await send( subject );
		}
		await settled();
		expect( ( await look() ).backup ).toMatchObject( { active: null } );
		await look();
		expect( await shown() ).toMatchObject( { active: { why: 'login', by: '', first: hostOf( 'one' ) } } );
		expect( two.subjects().toSorted() ).toEqual( [ 'waits 1', 'waits 2', 'waits 3' ] );
		expect( [ [ ...one.passwords() ], [ ...two.passwords() ] ] ).toEqual( [
			[ 'secret of one' ],
			[ 'secret of two' ],
		] );
		await send( 'meanwhile' );
		await settled();
		expect( two.subjects() ).toContain( 'meanwhile' );
		await look();
		expect( ( await shown() )?.active?.messages ).toBe( 4 );
	} );

	test( 'it goes back to the first once that signs in, and nothing came twice', async () => {
		await passHours( backend.app, serverId, 1 );
		await look();
		expect( await shown() ).toMatchObject( { active: { why: 'login' } } );
		one.script.replies = {};
		await passHours( backend.app, serverId, 1 );
		await look();
		expect( await shown() ).toMatchObject( { active: null } );
		await send( 'after' );
		await settled();
		expect( one.subjects() ).toEqual( [ 'before', 'after' ] );
		expect( two.subjects() ).toHaveLength( 4 );
		expect( [ ...two.passwords() ] ).toEqual( [ 'secret of two' ] );
	} );

	test( 'a route goes over by itself: its mail alone leaves by its backup, also where both accounts are at one host', async () => {
		await say( remote, `id ${ siteUser } >/dev/null 2>&1 || useradd -u ${ uid } -M ${ siteUser }` );
		await sendAsSite( 'makes it known' );
		await look();
		for ( const name of [ 'first', 'second' ] ) {
			ids[ name ] = await saveAccount( { ...values( one ), userName: `${ name }@route.example` }, name, name );
		}
		const route = { uid, account: { use: 'account' as const, id: ids.first ?? '' }, senders: [ 'route.example' ] };
		expect( await ended( await site.call( 'setRoute', { serverId, body: route } ) ) ).toMatchObject( done );
		await choose( 'second' );
		expect( await ended( await site.call( 'switchRouteToBackup', { serverId, body: { uid } } ) ) ).toMatchObject(
			done
		);
		await sendAsSite( 'by hand' );
		await send( 'of the server' );
		await settled();
		expect( [ 'by hand', 'of the server' ].map( userOf ) ).toEqual( [
			...[ 'second@route.example', 'one@backup-test.example' ],
		] );
		expect( await ended( await site.call( 'switchRouteBack', { serverId, body: { uid } } ) ) ).toMatchObject(
			done
		);
		await choose( 'two' );
		one.script.replies = { AUTH: '535 5.7.8 Error: authentication failed' };
		one.smtp.hangUp();
		await sleep( 1000 );
		await sendAsSite( 'waits for the route' );
		await settled();
		await look();
		await look();
		expect( ( await shownRoute() )?.active ).toMatchObject( { why: 'login', by: '', first: hostOf( 'one' ) } );
		expect( await shown() ).toMatchObject( { active: null } );
		expect( two.subjects() ).toContain( 'waits for the route' );
	} );
} );
