import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testServers } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { apply } from './apply.ts';
import { look } from './look.ts';
import { remove } from './remove.ts';
import { beginOn, follower, install, planFor, removeIfThere, say, stateOf, wholeRun } from './test-gateway.ts';

jest.setTimeout( 300_000 );

describe.each( testServers() )( 'a gateway on a real $kind', ( server ) => {
	let remote: Remote;
	let before: string[];

	beforeAll( async () => {
		( { remote, before } = await beginOn( server ) );
	} );
	afterAll( async () => {
		await removeIfThere( remote );
		remote.close();
	} );

	test( 'is installed on a server without mail, after which nothing is left to do', async () => {
		const { steps } = await planFor( remote );
		expect( steps ).toContainEqual( expect.objectContaining( { kind: 'install_package', subject: 'postfix' } ) );

		const follow = follower();
		await install( remote, follow );

		expect( follow.told.map( ( { line } ) => line ) ).toEqual( wholeRun );
		const after = await planFor( remote );
		expect( after.steps ).toEqual( [] );
		expect( after.facts ).toMatchObject( { generation: 1, unfinished: null } );
		expect( after.facts.listens ).toEqual( [
			{ address: '00000000000000000000000001000000', port: 25 },
			{ address: '0100007F', port: 25 },
		] );
		expect( after.facts.port25 ).toEqual( [] );
	} );

	test( 'is left alone by a second install with the same settings', async () => {
		const mainCf = await say( remote, 'stat -c %Y.%i /etc/postfix/main.cf' );
		const follow = follower();

		await install( remote, follow );

		expect( follow.told ).toEqual( [] );
		expect( await say( remote, 'stat -c %Y.%i /etc/postfix/main.cf' ) ).toBe( mainCf );
	} );

	test( 'is finished once its run has told its result, though the run still holds its lock', async () => {
		const held = await say(
			remote,
			`cd /var/lib/email-gateway
			setsid flock lock sleep 5 </dev/null >/dev/null 2>&1 &
			sleep 0.5; flock -n lock true || echo held`
		);
		expect( held ).toBe( 'held\n' );
		expect( ( await planFor( remote ) ).steps ).toEqual( [] );
	} );

	test( 'keeps the credential to root and out of the log of the run', async () => {
		const said = await say(
			remote,
			`stat -c '%a %U' /etc/postfix/gateway-*/sasl_passwd
			grep -rlF '😀' /var/lib/email-gateway /var/log /run/email-gateway 2>/dev/null
			su -s /bin/sh www-data -c 'cat /etc/postfix/gateway-*/sasl_passwd; ls /var/log/email-gateway; mailq' 2>&1 | grep -c -i 'denied\\|not allowed'`
		);
		expect( said.trim().split( '\n' ) ).toEqual( [ '600 root', '3' ] );
	} );

	test( 'takes new settings beside the old ones and drops those', async () => {
		await install( remote, follower(), { smtpPort: 465 } );

		expect( ( await planFor( remote, { smtpPort: 465 } ) ).steps ).toEqual( [] );
		expect( await say( remote, 'ls -d /etc/postfix/gateway-*; postconf -h relayhost smtp_tls_wrappermode' ) ).toBe(
			'/etc/postfix/gateway-2\n[smtp.provider.test]:465\nyes\n'
		);
	} );

	test( 'is not taken from somebody who was faster; only a manager that was seen is replaced', async () => {
		const { steps, ...change } = await planFor( remote, { smtpPort: 2525 } );
		await say(
			remote,
			`printf '%s' '{"site":{"id":"faster","url":"https://faster.example"},"serverId":1}' >/var/lib/email-gateway/marker`
		);

		const late = apply( remote, { ...change, jobId: randomUUID(), plan: steps }, follower() );

		await expect( late ).rejects.toMatchObject( { code: 'managed_by_another_site', changed: 'nothing' } );
		expect( ( await planFor( remote ) ).facts.marker ).toMatchObject( { site: { id: 'faster' } } );
		await install( remote, follower(), { smtpPort: 2525 } );
		expect( ( await planFor( remote, { smtpPort: 2525 } ) ).steps ).toEqual( [] );
	} );

	test( 'refuses to be removed while mail waits', async () => {
		await say(
			remote,
			'postsuper -h ALL; postconf -e defer_transports=smtp; postfix reload; echo waits | sendmail -f a@example.com b@example.com; sleep 1'
		);

		const refused = remove( remote, { jobId: randomUUID(), waitingMail: 'refuse' }, follower() );

		await expect( refused ).rejects.toMatchObject( {
			code: 'mail_waiting',
			detail: { waiting: 1 },
			changed: 'nothing',
		} );
		expect( ( await look( remote, { signal: AbortSignal.timeout( 60_000 ) } ) ).postfix.running ).toBe( true );
	} );

	test( 'is removed with the waiting mail saved, and leaves the server as it was', async () => {
		// what a power cut leaves of a run of dpkg: apt refuses everything until it is taken up
		const said = await say(
			remote,
			'dpkg-query -s base-files >/var/lib/dpkg/updates/0000; apt-get -q -y install cron 2>&1 | grep -c interrupted'
		);
		expect( said ).toBe( '1\n' );
		const jobId = randomUUID();
		const { savedQueue, restored } = await remove( remote, { jobId, waitingMail: 'save' }, follower() );
		await say( remote, `rm /var/lib/email-gateway/job.${ jobId }/result` );
		const again = await remove( remote, { jobId, waitingMail: 'save' }, follower() );

		expect( again ).toEqual( { savedQueue, restored } ); // also where the power went before it was told
		expect( restored ).toBeNull();
		expect( savedQueue ).toMatch( /^\/var\/lib\/email-gateway-saved-queue-/ );
		expect( await say( remote, 'ls -d /var/lib/email-gateway-saved-queue-*' ) ).toBe( `${ savedQueue }\n` );
		expect(
			await say(
				remote,
				`stat -c %a ${ savedQueue }; cat ${ savedQueue }/messages/*.eml | tail -n 1; rm -rf ${ savedQueue }`
			)
		).toBe( '700\nwaits\n' );
		expect( await stateOf( remote ) ).toEqual( before );
		expect( await say( remote, 'ls -d /etc/postfix /var/spool/postfix /var/log/email-gateway 2>/dev/null' ) ).toBe(
			''
		);
	} );
} );
