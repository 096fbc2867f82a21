import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Paused } from '../gateway/pauses.ts';
import type { Route, Routes } from '../gateway/routes.ts';
import { mailLog } from '../gateway/main-cf.ts';
import { noRules } from '../gateway/rules.ts';
import { testRoute } from '../gateway/test-routes.ts';
import { unlistedReader } from '../gateway/unlisted-sender.ts';
import { makeTestCertificates } from '../mail/test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from '../mail/test-smtp.ts';
import type { Remote } from '../ssh/remote.ts';
import { testServers } from '../ssh/test-servers.ts';
import { changeQueue } from './queue.ts';
import { prove, type TestMail } from './prove.ts';
import { remove } from './remove.ts';
import { readSiteQueue } from './site-queue.ts';
import { actedScript, actingUsers } from './test-acting-users.ts';
import { addressTowards, beginOn, follower, install, planFor, say, stateOf } from './test-gateway.ts';
import { smtpClients } from './test-pause-tricks.ts';
import { routeTricks } from './test-route-tricks.ts';

jest.setTimeout( 600_000 );

const name = 'provider.routes-test.example';
const certificates = makeTestCertificates( name );
const forget = `sed -i '/ ${ name }$/d' /etc/hosts`;
const users = [ 1, 2, 3 ].map( ( number ) => ( { uid: 2000 + number, name: `site-${ number }` } ) );
const [ siteA, siteB, without ] = users as [ User, User, User ];
interface User {
	uid: number;
	name: string;
}
const other = { ...siteA, domain: 'site-1.test' };
const account = ( number: number ) => `account-${ number }@provider.test`;
const defaultAccount = 'gateway@example.test';

describe.each( testServers() )( 'routes of sites ($kind)', ( server ) => {
	let remote: Remote;
	let provider: TestSmtp;
	let before: string[] = [];
	const script: Script = { tls: certificates.good, auth: 'PLAIN' };
	const changes = () => ( { smtpServer: name, smtpPort: provider.port, caCertificate: certificates.ca } );
	const route = ( number: number, more: Partial< Route > = {} ) =>
		testRoute( number, {
			account: { smtpServer: name, smtpPort: provider.port, userName: account( number ) },
			...more,
		} );
	const both = ( more: Partial< Routes > = {} ): Routes => ( {
		list: [ route( 1 ), route( 2 ) ],
		without: 'default',
		...more,
	} );
	const put = ( routes: Routes, paused: Paused[] = [] ) =>
		install( remote, undefined, changes(), undefined, { paused, routes } );
	const { as, settled, held } = actingUsers( () => remote );
	/** By which accounts a message left. */
	const ways = ( token: string ) =>
		provider.taken
			.filter( ( { lines } ) => lines.some( ( line ) => line === `Subject: ${ token }` ) )
			.map( ( { user } ) => user );
	const sender = ( token: string ) =>
		provider.taken.find( ( { lines } ) => lines.includes( `Subject: ${ token }` ) )?.from.match( /<(.*)>/ )?.[ 1 ];
	const send = ( token: string, options = '' ) =>
		`printf 'From: shop@site.test\\nSubject: ${ token }\\n\\nx\\n' | sendmail ${ options } you@example.org`;
	const bySmtp = ( token: string, from: string ) =>
		`printf 'EHLO a\\nMAIL FROM:<${ from }>\\nRCPT TO:<you@example.org>\\nDATA\\nSubject: ${ token }\\n\\nx\\n.\\n' | perl /tmp/smtp.pl 127.0.0.1`;

	beforeAll( async () => {
		( { remote } = await beginOn( server ) );
		await say(
			remote,
			users
				.map( ( { name: user, uid } ) => `id ${ user } >/dev/null 2>&1 || useradd -u ${ uid } -M ${ user }` )
				.join( '\n' )
		);
		before = await stateOf( remote );
		const host = await addressTowards( server );
		provider = await startTestSmtp( script, { host } );
		await say( remote, `${ smtpClients }\n${ forget }; echo '${ host } ${ name }' >>/etc/hosts` );
		await put( both() );
		await say( remote, 'systemctl stop email-gateway-waiting.timer' );
	} );
	afterAll( async () => {
		await say(
			remote,
			`${ forget }; rm -rf /tmp/smtp.pl /tmp/blast.pl ${ actedScript } /tmp/own.*; postsuper -d ALL 2>/dev/null
			${ users.map( ( { name: user } ) => `userdel ${ user }` ).join( '; ' ) }
			rm -rf /var/lib/email-gateway-saved-queue-* /var/backups/email-gateway`
		);
		remote.close();
		await provider.stop();
	} );

	test( 'each site leaves by its own account, as new and as old WordPress send, and others by the gateway’s', async () => {
		await as( siteA, send( 'a-new', '-f shop@site-1.test' ) );
		await as( siteA, send( 'a-old' ) );
		await as( siteA, bySmtp( 'a-smtp', 'shop@site-1.test' ) );
		await as( siteB, send( 'b-new', '-f shop@site-2.test' ) );
		await as( siteB, send( 'b-old' ) );
		await as( without, send( 'c', '-f x@elsewhere.test' ) );
		await as( without, bySmtp( 'c-smtp', 'x@elsewhere.test' ) );
		await say( remote, send( 'of-root' ) );
		await settled();
		expect( [ 'a-new', 'a-old', 'a-smtp' ].map( ways ) ).toEqual( Array( 3 ).fill( [ account( 1 ) ] ) );
		expect( [ 'b-new', 'b-old' ].map( ways ) ).toEqual( Array( 2 ).fill( [ account( 2 ) ] ) );
		expect( [ 'c', 'c-smtp', 'of-root' ].map( ways ) ).toEqual( Array( 3 ).fill( [ defaultAccount ] ) );
		expect( sender( 'a-old' ) ).toBe( 'site-1@site-1.test' );
		expect( provider.taken.flatMap( ( { lines } ) => lines ).join( '\n' ) ).not.toContain( 'X-Email-Gateway' );
		expect( await held() ).toBe( 0 );
	} );

	test.each( [
		[ 'another route', siteB, account( 2 ) ],
		[ 'none', without, defaultAccount ],
	] )( 'no trick of a user with %s leaves by that account', async ( _what, user, own ) => {
		const all = Object.entries( routeTricks( other ) );
		for ( const [ at, [ , command ] ] of all.entries() ) {
			await as( user, command.replaceAll( 'TOKEN', `${ user.name }-${ at }-end` ) );
		}
		await settled();
		const ids = await readSiteQueue( remote, { uid: user.uid, signal: AbortSignal.timeout( 60_000 ) } );
		expect( ids.length ).toBeGreaterThan( 15 );
		// and not when somebody lets go of it either
		await say( remote, 'postsuper -H ALL' );
		await settled();
		const left = all.map( ( [ trick ], at ) => [ trick, ways( `${ user.name }-${ at }-end` ) ] as const );
		expect( left.filter( ( [ , by ] ) => by.some( ( one ) => one !== own ) ) ).toEqual( [] );
		expect( left.filter( ( [ , by ] ) => by.length > 0 ).length ).toBeGreaterThan( 15 );
	} );

	test( 'two accounts at one host are not mixed over reused connections', async () => {
		const many = ( user: User, domain: string ) =>
			as(
				user,
				Array.from( { length: 20 }, ( _, i ) =>
					send( `${ user.name }-many-${ i }`, `-f shop@${ domain }` )
				).join( '\n' )
			);
		await many( siteA, 'site-1.test' );
		await many( siteB, 'site-2.test' );
		await settled();
		const by = ( user: User ) =>
			Array.from( { length: 20 }, ( _, i ) => ways( `${ user.name }-many-${ i }` ) ).flat();
		expect( by( siteA ) ).toEqual( Array( 20 ).fill( account( 1 ) ) );
		expect( by( siteB ) ).toEqual( Array( 20 ).fill( account( 2 ) ) );
	} );

	test( 'a paused site with a route is held, and leaves by its account once it may send again', async () => {
		await put( both(), [ { uid: siteA.uid, user: siteA.name, how: 'hold' } ] );
		await as( siteA, send( 'paused-sendmail', '-f shop@site-1.test' ) );
		await as( siteA, bySmtp( 'paused-smtp', 'shop@site-1.test' ) );
		await as( siteB, send( 'not-paused', '-f shop@site-2.test' ) );
		await settled();
		expect( [ 'paused-sendmail', 'paused-smtp', 'not-paused' ].map( ways ) ).toEqual( [
			[],
			[],
			[ account( 2 ) ],
		] );
		const signal = AbortSignal.timeout( 60_000 );
		const ids = await readSiteQueue( remote, { uid: siteA.uid, signal } );
		expect( ids ).toHaveLength( 2 );
		await put( both() );
		await changeQueue( remote, { action: 'release', ids, signal } );
		await settled();
		expect( [ 'paused-sendmail', 'paused-smtp' ].map( ways ) ).toEqual( Array( 2 ).fill( [ account( 1 ) ] ) );
	} );

	test( 'a test email that is sent as a site takes its way, or says what holds it', async () => {
		const rules = { ...noRules, routes: both() };
		const sendAs = async ( { uid }: User, from: string, more: Partial< TestMail > = {} ) => {
			const siteName = `as-${ uid }-${ from }`;
			const { outcome, heldBy } = await prove(
				remote,
				{
					...{ uid, from, siteName, to: 'you@example.org', rules, token: randomUUID().replaceAll( '-', '' ) },
					...{ provider: { smtpServer: name, smtpPort: provider.port }, ...more },
				},
				{ signal: AbortSignal.timeout( 100_000 ), onStep: () => {} }
			);
			return [ outcome, heldBy, ways( `Test email from ${ siteName }` ) ];
		};
		// nothing of the user is run or read, and nothing of root is around it
		const traps = `for shell in profile bashrc mailrc; do echo 'touch /tmp/own.shell' >/home/site-1/.$shell; done`;
		await say( remote, `mkdir -p /home/site-1; ${ traps }; chown -R site-1 /home/site-1` );
		expect( await sendAs( siteA, 'shop@site-1.test' ) ).toEqual( [ 'accepted', undefined, [ account( 1 ) ] ] );
		expect( await say( remote, 'ls /tmp/own.shell 2>/dev/null; rm -r /home/site-1' ) ).toBe( '' );
		expect( await sendAs( siteB, 'shop@site-2.test' ) ).toEqual( [ 'accepted', undefined, [ account( 2 ) ] ] );
		expect( await sendAs( without, 'x@elsewhere.test' ) ).toEqual( [ 'accepted', undefined, [ defaultAccount ] ] );
		expect( await sendAs( without, 'shop@site-1.test' ) ).toEqual( [ 'held', 'sender', [] ] );
		// by hand the site was given the other account of the same host
		await say( remote, `sed -i 's/gw-1/gw-2/' /etc/postfix/gateway-*/routes; postfix reload 2>/dev/null` );
		expect( await sendAs( siteA, 'news@site-1.test' ) ).toEqual( [ 'elsewhere', undefined, [ account( 2 ) ] ] );
		await put( both(), [ { uid: siteA.uid, user: siteA.name, how: 'refuse' } ] );
		const paused = { ...rules, paused: [ { uid: siteA.uid, user: siteA.name, how: 'refuse' as const } ] };
		await expect( sendAs( siteA, 'shop@site-1.test', { rules: paused } ) ).rejects.toMatchObject( {
			...{ code: 'test_of_refused_site', detail: { why: 'pause' } },
		} );
		await expect( sendAs( { uid: 4711, name: '' }, 'x@elsewhere.test' ) ).rejects.toMatchObject( {
			code: 'unix_user_unknown',
		} );
		await put( both() );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'mail that Postfix queues again keeps its route', async () => {
		script.replies = { RCPT: '450 4.7.1 later' };
		provider.hangUp();
		await as( siteA, send( 'again', '-f shop@site-1.test' ) );
		await settled();
		script.replies = {};
		provider.hangUp();
		await say( remote, 'postsuper -r ALL' );
		await settled();
		expect( ways( 'again' ) ).toEqual( [ account( 1 ) ] );
		expect( await held() ).toBe( 0 );
	} );

	test( 'a route that sends as one address does so for sendmail and SMTP, and touches no recipient', async () => {
		const one = 'one@site-1.test';
		await put( { list: [ route( 1, { sendAs: one } ), route( 2 ) ], without: 'default' } );
		const own = 'From: Shop <shop@site-1.test>\\n';
		const mail = ( token: string, headers: string ) =>
			`printf '${ headers }To: Ann <ann@site-1.test>\\nSubject: ${ token }\\n\\nx\\n' | sendmail -f shop@site-1.test you@example.org ann@site-1.test`;
		await as( siteA, mail( 'as-one', own ) );
		await as( siteA, mail( 'as-one-reply', `${ own }Reply-To: <ann@example.org>\\n` ) );
		await as( siteA, send( 'as-one-old' ) );
		await as( siteA, bySmtp( 'as-one-smtp', 'shop@site-1.test' ) );
		await as( siteB, send( 'not-as-one', '-f shop@site-2.test' ) );
		await settled();
		const taken = ( token: string ) =>
			provider.taken.find( ( { lines } ) => lines.includes( `Subject: ${ token }` ) );
		const headers = ( token: string ) =>
			( taken( token )?.lines ?? [] ).filter( ( line ) => /^(From|Reply-To|To):/.test( line ) ).sort();
		expect( headers( 'as-one' ) ).toEqual( [
			...[ `From: Shop <${ one }>`, 'Reply-To: Shop <shop@site-1.test>', 'To: Ann <ann@site-1.test>' ],
		] );
		expect( headers( 'as-one-reply' ) ).toEqual( [
			...[ `From: Shop <${ one }>`, 'Reply-To: <ann@example.org>', 'To: Ann <ann@site-1.test>' ],
		] );
		expect( headers( 'as-one-old' ) ).toEqual( [ `From: ${ one }`, 'Reply-To: shop@site.test' ] );
		expect( headers( 'as-one-smtp' ) ).toContain( `From: ${ one }` );
		expect( headers( 'not-as-one' ) ).toEqual( [ 'From: shop@site.test' ] );
		const tokens = [ 'as-one', 'as-one-reply', 'as-one-old', 'as-one-smtp' ];
		expect( tokens.map( sender ) ).toEqual( Array( 4 ).fill( one ) );
		expect( tokens.map( ways ).flat() ).toEqual( Array( tokens.map( ways ).flat().length ).fill( account( 1 ) ) );
		expect( provider.heard.some( ( line ) => line.startsWith( 'RCPT TO:<ann@site-1.test>' ) ) ).toBe( true );
		await put( both() );
	} );

	test( 'a sender that is not listed is told by Postfix’s own lines, for sendmail and SMTP', async () => {
		await as( siteA, send( 'unlisted', '-f news@elsewhere.test' ) );
		await as( siteA, bySmtp( 'unlisted-smtp', 'news@elsewhere.test' ) );
		await settled();
		const lines = ( await say( remote, `cat ${ mailLog }` ) ).split( '\n' );
		const sender = { uid: siteA.uid, sender: 'news@elsewhere.test' };
		expect( lines.map( unlistedReader() ).filter( ( one ) => one?.sender === sender.sender ) ).toEqual( [
			{ ...sender, how: 'held' },
			{ ...sender, how: 'refused' },
		] );
		expect( ways( 'unlisted' ) ).toEqual( [] );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'sites without a route can be held', async () => {
		await put( both( { without: 'hold' } ) );
		await as( without, send( 'kept', '-f x@elsewhere.test' ) );
		await as( without, bySmtp( 'kept-smtp', 'x@elsewhere.test' ) );
		await say( remote, send( 'root-leaves' ) );
		await settled();
		expect( [ 'kept', 'kept-smtp', 'root-leaves' ].map( ways ) ).toEqual( [ [], [], [ defaultAccount ] ] );
		expect( await held() ).toBe( 2 );
		await say( remote, 'postsuper -d ALL' );
	} );

	test( 'without the filter mail waits where sendmail put it', async () => {
		await say( remote, 'chmod 000 /usr/local/sbin/email-gateway-may-send' );
		await as( siteA, send( 'waits', '-f shop@site-1.test' ) );
		await settled();
		expect( ways( 'waits' ) ).toEqual( [] );
		expect( await say( remote, 'find /var/spool/postfix/maildrop -type f | wc -l' ).then( Number ) ).toBe( 1 );
		const told = ( await planFor( remote, changes(), undefined, { routes: both( { without: 'hold' } ) } ) ).steps;
		expect( told.map( ( { subject } ) => subject ) ).toContain( '/usr/local/sbin/email-gateway-may-send' );
		await put( both() );
		await say( remote, 'postkick public pickup W' );
		await settled();
		expect( ways( 'waits' ) ).toEqual( [ account( 1 ) ] );
	} );

	test( 'what was changed by hand is told, and made right', async () => {
		await say(
			remote,
			`cd /etc/postfix/gateway-*; sed -i 's/gw-1/gw-2/' routes; chmod 644 route-1_passwd; : >header_checks
			sed -i '/^may 2001/d' /usr/local/sbin/email-gateway-may-send
			postconf -P gw-1/unix/smtp_generic_maps=; postconf -e non_smtpd_milters=`
		);
		const subjects = ( await planFor( remote, changes(), undefined, { routes: both() } ) ).steps.map(
			( { subject } ) => subject.replace( /.*\//, '' )
		);
		expect( subjects ).toEqual( [
			...[ 'non_smtpd_milters', 'header_checks', 'email-gateway-may-send', 'routes', 'route-1_passwd', 'unix' ],
			'postfix',
		] );
		await put( both() );
		expect( ( await planFor( remote, changes(), undefined, { routes: both() } ) ).steps ).toEqual( [] );
	} );

	test( 'one without routes again is as one that never had any, and Remove leaves nothing', async () => {
		await put( { list: [], without: 'default' } );
		await as( siteA, send( 'ends', '-f shop@site-1.test' ) );
		await settled();
		expect( ways( 'ends' ) ).toEqual( [ defaultAccount ] );
		await put( both() );
		await say( remote, `${ forget }; rm -rf /var/backups/email-gateway` );
		await remove( remote, { jobId: randomUUID(), waitingMail: 'save' }, follower() );
		expect( await stateOf( remote ) ).toEqual( before );
		expect( await say( remote, 'ls /usr/local/sbin' ) ).not.toContain( 'email-gateway' );
	} );
} );
