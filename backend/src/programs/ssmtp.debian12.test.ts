import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Remote } from '../ssh/remote.ts';
import { connectTo, serverOf } from '../ssh/test-servers.ts';
import { remove } from './remove.ts';
import { follower, install, planFor, removeIfThere, say, stateOf } from './test-gateway.ts';

jest.setTimeout( 300_000 );

const password = 'old-secret-of-ssmtp';
/** As WPCloudDeploy writes it. */
const conf = `mailhub=smtp.old.example:587
rewriteDomain=old.example
hostname=web1.old.example
FromLineOverride=YES
UseTLS=YES
UseSTARTTLS=YES
AuthUser=old@old.example
AuthPass=${ password }
AuthMethod=LOGIN
`;
const holders = `grep -rlF '${ password }' /etc /var/lib/email-gateway /run 2>/dev/null; true`;

describe( 'an ssmtp with its password, on a real debian12', () => {
	let remote: Remote;
	let withSsmtp: string[];

	beforeAll( async () => {
		remote = await connectTo( serverOf( 'debian12' ), AbortSignal.timeout( 900_000 ) );
		await removeIfThere( remote );
		await say(
			remote,
			`apt-get update >/dev/null 2>&1
			DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ssmtp >/dev/null 2>&1
			cat >/etc/ssmtp/ssmtp.conf <<'END'\n${ conf }END\n`
		);
		withSsmtp = await stateOf( remote );
	} );
	afterAll( async () => {
		await removeIfThere( remote );
		await say(
			remote,
			'DEBIAN_FRONTEND=noninteractive apt-get purge -y -q --auto-remove ssmtp >/dev/null 2>&1; rm -rf /etc/ssmtp /etc/mailname'
		);
		remote.close();
	} );

	test( 'whose file cannot be deleted is told as that, before anything is changed', async () => {
		const file = '/etc/ssmtp/ssmtp.conf';
		await say( remote, `mount --bind ${ file } ${ file }` );
		const failed: unknown = await install( remote ).catch( ( error: unknown ) => error );
		await say( remote, `umount ${ file }` );
		expect( failed ).toMatchObject( {
			code: 'files_not_writable',
			detail: { output: `${ file } is a mount of its own` },
		} );
		expect( await stateOf( remote ) ).toEqual( withSsmtp );
	} );

	test( 'is replaced, and its password is nowhere but in the copy that only root can read', async () => {
		expect( await say( remote, 'dpkg -S "$(readlink -f /usr/sbin/sendmail)"' ) ).toContain( 'ssmtp' );
		const { steps } = await planFor( remote );
		expect( steps ).toContainEqual( expect.objectContaining( { kind: 'remove_package', subject: 'ssmtp' } ) );
		expect( steps ).toContainEqual(
			expect.objectContaining( { kind: 'remove_file', subject: '/etc/ssmtp/ssmtp.conf' } )
		);
		expect( JSON.stringify( steps ) ).not.toContain( password );

		await install( remote );

		expect( ( await planFor( remote ) ).steps ).toEqual( [] );
		expect( await say( remote, holders ) ).toBe( '/var/lib/email-gateway/origin/tree/etc/ssmtp/ssmtp.conf\n' );
		expect(
			await say(
				remote,
				'stat -c %a:%U /var/lib/email-gateway; su -s /bin/sh www-data -c "ls /var/lib/email-gateway" 2>&1 | grep -c denied'
			)
		).toBe( '700:root\n1\n' );
	} );

	test( 'comes back with its password and everything else as it was, by Remove', async () => {
		const removed = await remove( remote, { jobId: randomUUID(), waitingMail: 'refuse' }, follower() );

		expect( removed ).toEqual( { restored: 'ssmtp', savedQueue: null } );
		expect( await stateOf( remote ) ).toEqual( withSsmtp );
		expect( await say( remote, 'cat /etc/ssmtp/ssmtp.conf' ) ).toBe( conf );
		expect( await say( remote, holders ) ).toBe( '/etc/ssmtp/ssmtp.conf\n' );
	} );

	test( 'is given back as it was when the install fails', async () => {
		await say(
			remote,
			`setsid php -r '$s = stream_socket_server("tcp://127.0.0.1:25"); file_put_contents("/run/holder", getmypid()); sleep(120);' >/dev/null 2>&1 </dev/null & sleep 1`
		);

		const failed = await install( remote ).catch( ( error: unknown ) => error );

		await say( remote, 'kill $(cat /run/holder); rm /run/holder; sleep 0.5' );
		expect( failed ).toMatchObject( { changed: 'undone' } );
		expect( await stateOf( remote ) ).toEqual( withSsmtp );
	} );

	test( 'that was removed without its file leaves a password behind: it goes too, and Remove gives it back', async () => {
		await say( remote, 'DEBIAN_FRONTEND=noninteractive apt-get remove -y -q ssmtp >/dev/null 2>&1' );
		const leftOver = await stateOf( remote );

		await install( remote );
		expect( await say( remote, 'ls /etc/ssmtp' ) ).toBe( 'revaliases\n' );
		// as a gateway of the release before, which left the file where it was
		await say(
			remote,
			'mv /var/lib/email-gateway/origin/tree/etc/ssmtp/ssmtp.conf /etc/ssmtp/; rmdir /var/lib/email-gateway/origin/tree/etc/ssmtp'
		);
		expect( ( await planFor( remote ) ).steps ).toContainEqual(
			expect.objectContaining( { kind: 'remove_file' } )
		);
		await install( remote );
		expect( await say( remote, holders ) ).toBe( '/var/lib/email-gateway/origin/tree/etc/ssmtp/ssmtp.conf\n' );

		await remove( remote, { jobId: randomUUID(), waitingMail: 'refuse' }, follower() );
		expect( await stateOf( remote ) ).toEqual( leftOver );
	} );
} );
