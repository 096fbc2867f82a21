import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type TestSmtp } from '../mail/test-smtp.ts';
import type { Remote } from '../ssh/remote.ts';
import { testServers } from '../ssh/test-servers.ts';
import { remove } from './remove.ts';
import { actingUsers } from './test-acting-users.ts';
import { addressTowards, beginOn, follower, install, planFor, say, stateOf } from './test-gateway.ts';

jest.setTimeout( 300_000 );

const name = 'provider.doors-test.example';
const certificates = makeTestCertificates( name );
const forget = `sed -i '/ ${ name }$/d' /etc/hosts`;
/** www-data, and a number without a name. */
const [ siteA, siteB ] = [ 33, 2002 ] as const;

describe.each( testServers() )( 'closed side doors ($kind)', ( server ) => {
	let remote: Remote;
	let provider: TestSmtp;
	/** Of a mail server of the world, the lab’s. */
	let host = '';
	let before: string[] = [];
	const { settled } = actingUsers( () => remote );
	const changes = () => ( { smtpServer: name, smtpPort: provider.port, caCertificate: certificates.ca } );
	const put = ( ...closedDoors: number[] ) => install( remote, undefined, changes(), undefined, { closedDoors } );
	const planned = async ( ...closedDoors: number[] ) =>
		( await planFor( remote, changes(), undefined, { closedDoors } ) ).steps.map( ( { subject } ) => subject );
	const as = ( uid: number, command: string ) =>
		say( remote, `setpriv --reuid=${ uid } --regid=${ uid } --clear-groups -- sh -c '${ command }' 2>&1` );
	/** As a plugin of a site does it. */
	const connect = async ( uid: number, address = host, port = 2525 ) =>
		(
			await as(
				uid,
				`php -r "error_reporting( 0 ); echo fsockopen( \\"${ address }\\", ${ port }, \\$number, \\$words, 8 ) ? \\"connected\\" : \\$words;"`
			)
		).trim();

	beforeAll( async () => {
		( { remote, before } = await beginOn( server ) );
		host = await addressTowards( server );
		provider = await startTestSmtp( { tls: certificates.good }, { host } );
		await say(
			remote,
			`${ forget }; echo '${ host } ${ name }' >>/etc/hosts
			ip -6 address add fd00:5::1/64 dev eth0 nodad 2>/dev/null`
		);
	} );
	afterAll( async () => {
		await say( remote, `${ forget }; ip -6 address del fd00:5::1/64 dev eth0 2>/dev/null` );
		remote.close();
		await provider.stop();
	} );

	test( 'a chosen user is refused at once and counted, nobody else is, and the gateway takes their mail', async () => {
		expect( await connect( siteA ) ).toBe( 'connected' );
		await put( siteA );
		expect( [ await connect( siteA ), await connect( siteA, '[fd00:5::2]', 587 ) ] ).toEqual( [
			'Connection refused',
			'Connection refused',
		] );
		expect( [ await connect( siteB ), await connect( 0 ), await connect( siteA, '127.0.0.1', 25 ) ] ).toEqual( [
			'connected',
			'connected',
			'connected',
		] );
		await as( siteA, 'printf "Subject: by-the-gateway\\n\\nx\\n" | sendmail you@example.org' );
		await settled();
		expect( provider.heard ).toContain( 'Subject: by-the-gateway' );
		const { facts } = await planFor( remote, changes() );
		expect( facts.refusedDoors ).toEqual( [ { uid: siteA, since: expect.any( Number ), refused: 2 } ] );
		expect( await planned( siteA ) ).toEqual( [] );
	} );

	test( 'what else changes leaves it loaded, with its counts; another user comes and goes', async () => {
		await install( remote, undefined, changes(), undefined, {
			closedDoors: [ siteA ],
			paused: [ { uid: siteB, user: null, how: 'hold' } ],
		} );
		expect( ( await planFor( remote, changes() ) ).facts.refusedDoors ).toMatchObject( [ { refused: 2 } ] );
		await put( siteA, siteB );
		expect( await connect( siteB ) ).toBe( 'Connection refused' );
		await put( siteA );
		expect( [ await connect( siteB ), await connect( siteA ) ] ).toEqual( [ 'connected', 'Connection refused' ] );
	} );

	test( 'a table that others take away or change is drift until it comes back; nftables that starts anew brings it along', async () => {
		await say( remote, 'nft add table ip theirs; systemctl restart nftables' );
		expect( await planned( siteA ) ).toEqual( [] );
		for ( const drift of [ 'nft flush ruleset', 'nft flush chain inet email_gateway closed' ] ) {
			await say( remote, `systemctl stop email-gateway-waiting.timer; ${ drift }` );
			expect( await connect( siteA ) ).toBe( 'connected' );
			expect( await planned( siteA ) ).toContain( 'email-gateway-doors.service' );
			await say( remote, 'nft add table ip theirs' );
			await put( siteA );
			expect( await connect( siteA ) ).toBe( 'Connection refused' );
			expect( await say( remote, 'nft list tables' ) ).toContain( 'table ip theirs' );
		}
		// what the timer does once a minute
		await say( remote, 'nft flush ruleset; systemctl start email-gateway-waiting.service' );
		expect( await connect( siteA ) ).toBe( 'Connection refused' );
	} );

	test( 'Remove leaves nothing of it', async () => {
		await say( remote, `${ forget }` );
		await remove( remote, { jobId: randomUUID(), waitingMail: 'save' }, follower() );
		expect( await connect( siteA ) ).toBe( 'connected' );
		await say( remote, 'rm -rf /var/backups/email-gateway' );
		expect( await stateOf( remote ) ).toEqual( before );
		expect( await say( remote, 'ls /run/email-gateway-doors 2>&1' ) ).toContain( 'No such file' );
	} );
} );
