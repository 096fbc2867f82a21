import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Remote } from '../ssh/remote.ts';
import { testServers } from '../ssh/test-servers.ts';
import { randomUUID } from 'node:crypto';
import { remove } from './remove.ts';
import { beginOn, follower, install, planFor, say, stateOf } from './test-gateway.ts';

jest.setTimeout( 240_000 );

const subjects = async ( remote: Remote ) => {
	const { steps } = await planFor( remote );
	return steps.map( ( { kind, subject } ) => `${ kind } ${ subject }` );
};
/** A program of the administrator's that listens on port 25 of an address; it ends with its address. */
const listenOn = ( address: string ) => `ip addr add ${ address }/32 dev lo 2>/dev/null
	perl -MIO::Socket::INET -e 'exit if fork; close STDIN; close STDOUT; close STDERR; $0 = "catcher"; my $s = IO::Socket::INET->new(LocalAddr => "${ address }:25", Listen => 1, ReuseAddr => 1) or die; sleep 600' </dev/null >/dev/null 2>&1
	sleep 0.3`;
const stopListening = `pkill -x catcher; ip addr del 10.99.0.1/32 dev lo 2>/dev/null; true`;

describe.each( testServers() )( 'a gateway that was changed by hand ($kind)', ( server ) => {
	let remote: Remote;
	let before: string[] = [];

	beforeAll( async () => {
		( { remote, before } = await beginOn( server ) );
	} );

	afterAll( async () => {
		await say( remote, stopListening );
		remote.close();
	} );

	test( 'is installed beside a program on another address’s port 25, which is told', async () => {
		await say( remote, listenOn( '10.99.0.1' ) );

		await install( remote );

		const { facts, steps } = await planFor( remote );
		expect( steps ).toEqual( [] );
		expect( facts.port25 ).toEqual( [ { address: '0100630A', program: 'catcher' } ] );
		await say( remote, stopListening );
	} );

	test( 'shows each service and option of master.cf that was changed, and Reinstall makes them right', async () => {
		await say(
			remote,
			`postconf -P smtp/unix/smtp_tls_security_level=encrypt
			postconf -M -e '10.99.0.1:smtp/inet=10.99.0.1:smtp inet n - y - - smtpd -o smtpd_relay_restrictions=permit'
			postconf -M -e 'archive/unix=archive unix - n n - - pipe user=nobody argv=/bin/true'
			postconf -M# tlsproxy/unix
			ip addr add 10.99.0.1/32 dev lo
			postconf -e inet_interfaces=all
			systemctl restart postfix`
		);

		expect( await subjects( remote ) ).toEqual( [
			'set_parameter inet_interfaces',
			'set_parameter master.cf smtp/unix',
			'set_parameter master.cf tlsproxy/unix',
			'remove_service 10.99.0.1:smtp/inet',
			'remove_service archive/unix',
			'restart postfix',
		] );
		await install( remote );
		expect( await subjects( remote ) ).toEqual( [] );
		expect(
			await say(
				remote,
				'cat /var/backups/email-gateway/*-master.cf; rm -r /var/backups/email-gateway; ip addr del 10.99.0.1/32 dev lo'
			)
		).toMatch( /^archive +unix/m );
	} );

	test( 'lets go of addresses that only a restart lets go of', async () => {
		await say(
			remote,
			'postconf -e inet_interfaces=all; systemctl restart postfix; postconf -e inet_interfaces=loopback-only'
		);

		expect( await subjects( remote ) ).toContain( 'restart postfix' );
		await install( remote );
		expect( await subjects( remote ) ).toEqual( [] );
		expect(
			await say( remote, "ss -Hltn 'sport = :25' | awk '{ print $4 }' | sort; rm -rf /var/backups/email-gateway" )
		).toBe( '127.0.0.1:25\n[::1]:25\n' );
	} );

	test( 'leaves what others keep in /etc/postfix, also when it is removed', async () => {
		await say(
			remote,
			'mkdir -m 0700 /etc/postfix/mine; echo key >/etc/postfix/mine/dkim.key; echo x y >/etc/postfix/sasl/own'
		);

		const { facts, steps } = await planFor( remote );
		expect( [ steps, facts.others ] ).toEqual( [ [], [ '/etc/postfix/mine/dkim.key', '/etc/postfix/sasl/own' ] ] );
		await remove( remote, { jobId: randomUUID(), waitingMail: 'save' }, follower() );

		expect(
			await say( remote, 'cd /etc/postfix && find . -type f | sort && cat mine/dkim.key && rm -r /etc/postfix' )
		).toBe( './mine/dkim.key\n./sasl/own\nkey\n' );
		expect( await stateOf( remote ) ).toEqual( before );
	} );
} );
