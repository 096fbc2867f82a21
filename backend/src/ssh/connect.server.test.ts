import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Secret } from '../vault/secret.ts';
import { connect } from './connect.ts';
import { makeManagedKey } from './key-pair.ts';
import type { Remote } from './remote.ts';
import type { SshTarget } from './target.ts';
import { connectTo, targetOf, testServers } from './test-servers.ts';

const limits = () => ( { signal: AbortSignal.timeout( 60_000 ), timeoutMs: 30_000 } );
const password = randomBytes( 12 ).toString( 'hex' );
const key = makeManagedKey( 'connect.server.test' );

// two users as hosters give them: sudo without and with a password
const addUsers = `
IFS= read -r password; IFS= read -r key
useradd -m -s /bin/bash egfree; useradd -m -s /bin/bash egask
printf 'egask:%s\\n' "$password" | chpasswd
printf 'egfree ALL=(ALL) NOPASSWD: ALL\\negask ALL=(ALL) ALL\\nDefaults:egask timestamp_type=global\\n' >/etc/sudoers.d/eg-test
for user in egfree egask; do
	install -d -m 700 -o $user -g $user /home/$user/.ssh
	printf '%s\\n' "$key" >/home/$user/.ssh/authorized_keys
	chown $user: /home/$user/.ssh/authorized_keys
	printf 'echo "Welcome to $HOSTNAME"\\n' >/home/$user/.bashrc
done`;
const removeUsers = `userdel -rf egfree; userdel -rf egask; rm -f /etc/sudoers.d/eg-test`;

describe.each( testServers() )( '$name ($kind)', ( server ) => {
	let root: Remote;
	let target: SshTarget;
	const open: Remote[] = [];
	const asUser = async ( user: string, change: Partial< SshTarget > = {} ) => {
		const remote = await connect(
			{ ...target, user, signIn: { kind: 'key', privateKey: key.privateKey, passphrase: null }, ...change },
			limits()
		);
		open.push( remote );
		return remote;
	};
	/** Signs in and runs a first program, which has to become root. */
	const runAs = async ( user: string, change: Partial< SshTarget > = {} ) =>
		( await asUser( user, change ) ).run( 'id -u', limits() );

	beforeAll( async () => {
		target = await targetOf( server );
		root = await connectTo( server );
		await root.run( removeUsers, limits() );
		await root.run( addUsers, { ...limits(), stdin: Buffer.from( `${ password }\n${ key.publicKey }\n` ) } );
	}, 120_000 );
	afterAll( async () => {
		open.forEach( ( remote ) => remote.close() );
		await root.run( removeUsers, limits() );
		root.close();
	}, 120_000 );

	const echo = async ( remote: Remote, payload: Buffer ) =>
		remote.run( 'id -u; od -An -v -tx1 | tr -d " \\n"', { ...limits(), stdin: payload } );
	const payload = Buffer.from( `one\n\ntwo ü😀 '"\\ \x00\n` );
	const expected = { exitCode: 0, stdout: `0\n${ payload.toString( 'hex' ) }` };

	test( 'root hands a payload over byte for byte', async () => {
		expect( await echo( root, payload ) ).toMatchObject( expected );
		expect( root.asRoot() ).toBe( 'root' );
	} );

	test( 'a large payload and a large answer pass', async () => {
		const large = randomBytes( 400_000 );
		const { stdout } = await root.run( 'od -An -v -tx1', { ...limits(), stdin: large, maxBytes: 4_000_000 } );
		expect( stdout.replace( /\s/g, '' ) ).toBe( large.toString( 'hex' ) );
	}, 120_000 );

	test( 'sudo without a password hands it over alike, whatever a login script prints', async () => {
		const remote = await asUser( 'egfree' );
		expect( await echo( remote, payload ) ).toMatchObject( expected );
		expect( remote.asRoot() ).toBe( 'sudo' );
	} );

	test( 'a sudo password that is not needed does not fall into the payload', async () => {
		const remote = await asUser( 'egfree', { sudoPassword: new Secret( 'not needed' ) } );
		expect( await echo( remote, payload ) ).toMatchObject( expected );
	} );

	test( 'sudo with a password hands it over alike, again and again', async () => {
		const remote = await asUser( 'egask', { sudoPassword: new Secret( password ) } );
		expect( await echo( remote, payload ) ).toMatchObject( expected );
		expect( remote.asRoot() ).toBe( 'sudo_password' );
		expect( await echo( remote, payload ) ).toMatchObject( expected );
	} );

	test( 'sudo that stops asking between two programs does not get the password into the payload', async () => {
		const remote = await asUser( 'egask', { sudoPassword: new Secret( password ) } );
		expect( await echo( remote, payload ) ).toMatchObject( expected );
		await root.run( `printf 'egask ALL=(ALL) NOPASSWD: ALL\\n' >/etc/sudoers.d/eg-test-2`, limits() );
		const answer = await echo( remote, payload ).finally( () =>
			root.run( 'rm /etc/sudoers.d/eg-test-2', limits() )
		);
		expect( answer ).toMatchObject( expected );
	} );

	/** How often sudo's own log says that somebody failed to prove who they are. */
	const failures = async () => {
		const count = `journalctl --no-pager _COMM=sudo | grep -c 'incorrect password\\|pam_unix(sudo:auth)' || :`;
		return Number( ( await root.run( count, limits() ) ).stdout );
	};

	test( 'a wrong sudo password is said within seconds', async () => {
		const before = await failures();
		await expect( runAs( 'egask', { sudoPassword: new Secret( 'wrong' ) } ) ).rejects.toMatchObject( {
			code: 'sudo_refused',
			detail: { reason: 'wrong_password' },
		} );
		expect( await failures() ).toBeGreaterThan( before );
	}, 120_000 );

	test( 'a missing sudo password is asked for, and counts as no failed attempt', async () => {
		const before = await failures();
		await expect( runAs( 'egask' ) ).rejects.toMatchObject( { code: 'sudo_password_required' } );
		expect( await failures() ).toBe( before );
	} );

	test( 'a user without rights is refused with sudo’s own words', async () => {
		await root.run( 'rm -f /etc/sudoers.d/eg-test-2; sed -i /egask/d /etc/sudoers.d/eg-test', limits() );
		const refused = runAs( 'egask', { sudoPassword: new Secret( password ) } );
		await expect( refused ).rejects.toMatchObject( {
			code: 'sudo_refused',
			detail: { said: expect.stringContaining( 'sudoers' ) },
		} );
	}, 120_000 );

	test( 'signs in with a password', async () => {
		await expect(
			runAs( 'egask', { signIn: { kind: 'password', password: new Secret( password ) } } )
		).rejects.toMatchObject( { code: 'sudo_password_required' } );
		await expect(
			asUser( 'egask', { signIn: { kind: 'password', password: new Secret( 'wrong' ) } } )
		).rejects.toMatchObject( { code: 'sign_in_refused' } );
	}, 120_000 );

	test( 'looks through the server’s network', async () => {
		const stream = await root.forward( { host: 'localhost', port: 22 }, limits() );
		expect( String( ( await once( stream, 'data' ) )[ 0 ] ) ).toMatch( /^SSH-2\.0-/ );
		stream.destroy();
		await expect( root.forward( { host: 'localhost', port: 4 }, limits() ) ).rejects.toMatchObject( {
			code: 'provider_port_closed',
		} );
		await expect( root.forward( { host: 'no-such-name.invalid', port: 25 }, limits() ) ).rejects.toMatchObject( {
			code: 'provider_name_not_found',
		} );
	} );

	test( 'looks through a program where forwarding is forbidden', async () => {
		await root.run(
			`printf 'AllowTcpForwarding no\\n' >/etc/ssh/sshd_config.d/eg-test.conf; systemctl reload ssh; sleep 1`,
			limits()
		);
		const other = await connect( target, limits() );
		const stream = await other.forward( { host: 'localhost', port: 22 }, limits() );
		expect( String( ( await once( stream, 'data' ) )[ 0 ] ) ).toMatch( /^SSH-2\.0-/ );
		stream.destroy();
		await expect( other.forward( { host: 'localhost', port: 4 }, limits() ) ).rejects.toMatchObject( {
			code: 'provider_port_closed',
		} );
		other.close();
		await root.run( `rm /etc/ssh/sshd_config.d/eg-test.conf; systemctl reload ssh`, limits() );
	}, 120_000 );
} );
