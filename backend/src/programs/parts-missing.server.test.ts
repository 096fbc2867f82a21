import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { refusalOf } from '../gateway/refusal.ts';
import { testServers } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { remove } from './remove.ts';
import { beginOn, follower, install, planFor, say, site, stateOf } from './test-gateway.ts';

jest.setTimeout( 240_000 );

/** An earlier run that was ended may have left it empty. */
const rootStore = '[ -s /etc/ssl/certs/ca-certificates.crt ] || update-ca-certificates >/dev/null 2>&1';

describe.each( testServers() )( 'a gateway of which parts are missing ($kind)', ( server ) => {
	let remote: Remote;
	let before: string[] = [];

	beforeAll( async () => {
		( { remote } = await beginOn( server ) );
		// what was there before the gateway, and comes back
		await say(
			remote,
			`${ rootStore }; printf '#!/bin/sh\\nexit 75\\n' >/usr/sbin/sendmail; chmod 0755 /usr/sbin/sendmail`
		);
		before = await stateOf( remote );
	} );

	afterAll( async () => {
		await say(
			remote,
			`${ rootStore }; rm -rf /usr/sbin/sendmail /var/backups/email-gateway /var/spool/nullmailer`
		);
		remote.close();
	} );

	test( 'is installed where a sendmail of somebody lies, once that was agreed to', async () => {
		const { facts } = await planFor( remote );
		expect( refusalOf( facts, { site, consents: [] } ) ).toMatchObject( { code: 'foreign_postfix' } );
		expect( refusalOf( facts, { site, consents: [ 'replace_foreign_postfix' ] } ) ).toBeNull();

		await install( remote );

		await say( remote, 'mkdir -p /var/spool/nullmailer/queue; : >/var/spool/nullmailer/queue/1764450000.12' );
		const installed = await planFor( remote );
		expect( [ installed.steps, installed.facts.oldQueue ] ).toEqual( [ [], 1 ] );
	} );

	test( 'shows each, and Reinstall puts all of it back so that a cold start works', async () => {
		await say(
			remote,
			`rm /etc/postfix/postfix-files /usr/lib/postfix/sbin/tlsproxy; apt-get -q -y purge libsasl2-modules >/dev/null
			: >/etc/ssl/certs/ca-certificates.crt; ln -sf /bin/true /usr/sbin/sendmail`
		);

		const { facts, steps } = await planFor( remote );
		expect( steps.map( ( { kind, subject } ) => `${ kind } ${ subject }` ).sort() ).toEqual( [
			'install_package libsasl2-modules',
			'reload postfix',
			'write_file /etc/postfix/postfix-files',
			'write_file /etc/ssl/certs/ca-certificates.crt',
			'write_file /usr/lib/postfix/sbin/tlsproxy',
			'write_file /usr/sbin/sendmail',
		] );
		expect( refusalOf( facts, { site, consents: [] } ) ).toBeNull();
		await install( remote );
		expect( ( await planFor( remote ) ).steps ).toEqual( [] );

		const said = await say(
			remote,
			'systemctl stop postfix; sleep 1; systemctl start postfix && sleep 1; ls -l /var/backups/email-gateway'
		);
		expect( said ).toMatch( /sendmail -> \/bin\/true|usr.*sendmail/ );
		expect( ( await planFor( remote ) ).steps ).toEqual( [] );
	} );

	test( 'knows a copy of the server by its machine id and host key', async () => {
		await say(
			remote,
			'cp /etc/machine-id /root/machine-id.test; echo 0123456789abcdef0123456789abcdef >/etc/machine-id'
		);

		const { facts, steps } = await planFor( remote );
		await say( remote, 'cat /root/machine-id.test >/etc/machine-id; rm /root/machine-id.test' );

		expect( steps.map( ( { subject } ) => subject ) ).toEqual( [ '/var/lib/email-gateway/marker', 'postfix' ] );
		expect( refusalOf( facts, { site: { ...site, serverId: 9 }, consents: [] } ) ).toMatchObject( {
			code: 'managed_by_another_site',
			detail: { isCopy: true },
		} );
		expect(
			refusalOf( facts, { site: { ...site, serverId: 9 }, consents: [ 'adopt_from_another_site' ] } )
		).toBeNull();
	} );

	test( 'is removed, and the sendmail of before is there again', async () => {
		await remove( remote, { jobId: randomUUID(), waitingMail: 'save' }, follower() );

		expect( await stateOf( remote ) ).toEqual( before );
		expect( await say( remote, 'cat /usr/sbin/sendmail' ) ).toBe( '#!/bin/sh\nexit 75\n' );
	} );
} );
