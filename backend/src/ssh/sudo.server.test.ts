import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Secret } from '../vault/secret.ts';
import { connect } from './connect.ts';
import { makeManagedKey } from './key-pair.ts';
import type { Remote } from './remote.ts';
import { connectTo, targetOf, testServers } from './test-servers.ts';

const limits = () => ( { signal: AbortSignal.timeout( 60_000 ), timeoutMs: 30_000 } );
const sudoPassword = new Secret( randomBytes( 12 ).toString( 'hex' ) );
const key = makeManagedKey( 'sudo.server.test' );

// egsudo is what each test makes of it
const addUser = `
IFS= read -r password; IFS= read -r key
useradd -m -s /bin/bash egsudo
printf 'egsudo:%s\\n' "$password" | chpasswd
install -d -m 700 -o egsudo -g egsudo /home/egsudo/.ssh
printf '%s\\n' "$key" >/home/egsudo/.ssh/authorized_keys
chown egsudo: /home/egsudo/.ssh/authorized_keys`;
const removeUser = `userdel -rf egsudo; rm -rf /etc/sudoers.d/eg-sudo /var/log/eg-sudo-io
[ ! -e /usr/bin/sudo.away ] || mv /usr/bin/sudo.away /usr/bin/sudo`;

describe.each( testServers() )( '$name ($kind)', ( server ) => {
	let root: Remote;
	const say = async ( program: string, stdin = '' ) =>
		( await root.run( program, { ...limits(), stdin: Buffer.from( stdin ) } ) ).stdout;
	const sudoers = ( ...lines: string[] ) =>
		say( 'umask 077; cat >/etc/sudoers.d/eg-sudo && visudo -qc', `${ lines.join( '\n' ) }\n` );
	const signIn = async ( password: Secret | null = null ) =>
		connect(
			{
				...( await targetOf( server ) ),
				user: 'egsudo',
				signIn: { kind: 'key', privateKey: key.privateKey, passphrase: null },
				sudoPassword: password,
			},
			limits()
		);
	const refusal = ( password: Secret | null = null ) =>
		signIn( password )
			.then( ( remote ) => remote.run( ':', limits() ).finally( remote.close ) )
			.then(
				() => null,
				( { code, detail }: { code: string; detail: unknown } ) => ( { code, detail } )
			);

	beforeAll( async () => {
		root = await connectTo( server );
		await say( removeUser );
		await say( addUser, `${ sudoPassword.reveal() }\n${ key.publicKey }\n` );
	}, 120_000 );
	afterAll( async () => {
		await say( removeUser );
		root.close();
	}, 120_000 );

	test.each( [
		[ 'without a password', 'NOPASSWD: ALL', null ],
		[ 'with a password', 'ALL', sudoPassword ],
	] )(
		'sudo %s that logs what it reads has nothing of what is handed over in its log',
		async ( _title, rule, password ) => {
			const secret = randomBytes( 16 ).toString( 'hex' );
			await say( 'rm -rf /var/log/eg-sudo-io' );
			await sudoers(
				'Defaults:egsudo log_input, log_output, iolog_dir=/var/log/eg-sudo-io, !compress_io',
				`egsudo ALL=(ALL) ${ rule }`
			);
			const remote = await signIn( password );
			const { stdout } = await remote.run( 'IFS= read -r word; echo "${#word} characters"', {
				...limits(),
				stdin: Buffer.from( `${ secret }\n` ),
			} );
			remote.close();
			expect( stdout ).toBe( '32 characters\n' );
			// the log is there, with what was answered, and the password of sudo is not in it either
			expect( await say( 'grep -rl "32 characters" /var/log/eg-sudo-io | wc -l' ) ).toBe( '1\n' );
			for ( const word of [ secret, sudoPassword.reveal() ] ) {
				expect(
					await say( 'IFS= read -r word; grep -rl "$word" /var/log/eg-sudo-io | wc -l', `${ word }\n` )
				).toBe( '0\n' );
			}
			expect( await say( 'find /dev/shm /tmp /home/egsudo -name ".email-gateway-*"' ) ).toBe( '' );
		},
		120_000
	);

	test( 'a rule that forbids programs to start others is told, and never taken for an empty server', async () => {
		await sudoers( 'Defaults:egsudo noexec', 'egsudo ALL=(ALL) NOPASSWD: ALL' );
		expect( await refusal() ).toEqual( { code: 'sudo_refused', detail: { reason: 'noexec', said: '' } } );
	} );

	test( 'sudo that wants a terminal is told from one that wants a password', async () => {
		await sudoers( 'Defaults:egsudo requiretty', 'egsudo ALL=(ALL) NOPASSWD: ALL' );
		expect( await refusal() ).toEqual( { code: 'sudo_refused', detail: { reason: 'needs_tty', said: '' } } );
	} );

	test( 'rules that allow some commands only are told, with a password and without', async () => {
		await sudoers( 'egsudo ALL=(ALL) NOPASSWD: /usr/bin/apt-get' );
		expect( await refusal() ).toEqual( { code: 'sudo_refused', detail: { reason: 'limited', said: '' } } );
		await sudoers( 'egsudo ALL=(ALL) /usr/bin/apt-get' );
		const { detail } = ( await refusal( sudoPassword ) ) as { detail: { reason: string; said: string } };
		expect( detail ).toMatchObject( {
			reason: 'limited',
			said: expect.stringMatching( /is not allowed to execute sh$/ ),
		} );
	}, 120_000 );

	test( 'a server without sudo is told', async () => {
		await say( 'mv /usr/bin/sudo /usr/bin/sudo.away' );
		const said = await refusal( sudoPassword ).finally( () => say( 'mv /usr/bin/sudo.away /usr/bin/sudo' ) );
		expect( said ).toEqual( { code: 'sudo_refused', detail: { reason: 'no_sudo', said: '' } } );
	} );

	test( 'csh as shell at sign-in works as any other; a start file that exits is told', async () => {
		await sudoers( 'egsudo ALL=(ALL) NOPASSWD: ALL' );
		await say(
			'command -v tcsh >/dev/null || apt-get -qq install -y tcsh >/dev/null 2>&1; chsh -s /usr/bin/tcsh egsudo'
		);
		const payload = Buffer.from( `one!\n\\two ü '"\`$x\`\n` );
		const remote = await signIn();
		const { stdout } = await remote.run( 'id -u\ncat # !not \\history', { ...limits(), stdin: payload } );
		remote.close();
		expect( stdout ).toBe( `0\n${ payload.toString() }` );
		await say( 'chsh -s /bin/bash egsudo; echo "exit 0" >/home/egsudo/.bashrc' );
		expect( await refusal() ).toEqual( { code: 'sign_in_refused', detail: { reason: 'no_shell', said: '' } } );
	}, 120_000 );
} );
