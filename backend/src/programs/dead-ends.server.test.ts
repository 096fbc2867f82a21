import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ErrorCode } from '@email-gateway/shared';
import type { GatewayError } from '../errors.ts';
import type { Remote } from '../ssh/remote.ts';
import { testServers } from '../ssh/test-servers.ts';
import { remove } from './remove.ts';
import { beginOn, follower, install, planFor, say as sayOn } from './test-gateway.ts';

/** As chattr does, which is not on every server. */
const attribute = ( change: '|= 16' | '&= ~16', path: string ) =>
	`perl -e 'open( my $f, "<", "${ path }" ) or die; my $a = pack( "l!", 0 ); ioctl( $f, 0x80086601, $a ) or die; my $n = unpack( "l!", $a ); $n ${ change }; ioctl( $f, 0x40086602, pack( "l!", $n ) ) or die'`;

interface DeadEnd {
	what: string;
	lock: string;
	unlock: string;
	code: ErrorCode;
	/** What stands under "Technical details". */
	said: RegExp;
}

const full = ( folder: string, options: string ) =>
	`mkdir -p /mnt/aside && cp -a ${ folder }/. /mnt/aside/ && mount -t tmpfs -o ${ options } tmpfs ${ folder } && cp -a /mnt/aside/. ${ folder }/ && rm -rf /mnt/aside`;

/** Each would have stopped mail, or left something behind, before it was noticed. */
const atRemove: DeadEnd[] = [
	{
		what: 'a package that is held',
		lock: 'apt-mark hold postfix',
		unlock: 'apt-mark unhold postfix',
		code: 'packages_refused',
		said: /postfix[^]*Held packages were changed/,
	},
	{
		what: 'an immutable main.cf',
		lock: attribute( '|= 16', '/etc/postfix/main.cf' ),
		unlock: attribute( '&= ~16', '/etc/postfix/main.cf' ),
		code: 'files_not_writable',
		said: /^\/etc\/postfix\/main\.cf is immutable/,
	},
	{
		what: 'an immutable program of the package',
		lock: attribute( '|= 16', '/usr/sbin/postqueue' ),
		unlock: attribute( '&= ~16', '/usr/sbin/postqueue' ),
		code: 'files_not_writable',
		said: /^\/usr\/sbin\/postqueue is immutable/,
	},
	{
		what: 'a full /var/log',
		lock: `${ full( '/var/log', 'size=24m' ) } && dd if=/dev/zero of=/var/log/filler bs=64k 2>/dev/null; true`,
		unlock: 'umount -l /var/log',
		code: 'disk_full',
		said: /^\/var\/log$/,
	},
];

const atInstall: DeadEnd[] = [
	{ ...( atRemove[ 3 ] as DeadEnd ) },
	{
		what: 'a /var/log without inodes',
		lock: `${ full(
			'/var/log',
			'size=24m,nr_inodes=400'
		) }; for n in $(seq 400); do touch /var/log/filler.$n; done 2>/dev/null; true`,
		unlock: 'umount -l /var/log',
		code: 'disk_full',
		said: /^\/var\/log$/,
	},
	{
		what: 'a held package',
		lock: 'apt-mark hold postfix',
		unlock: 'apt-mark unhold postfix',
		code: 'packages_refused',
		said: /Held packages were changed/,
	},
	{
		what: 'a source with a typing error',
		lock: "echo 'deb htp//nowhere' >/etc/apt/sources.list.d/eg-test.list",
		unlock: 'rm /etc/apt/sources.list.d/eg-test.list',
		code: 'packages_unavailable',
		said: /^E: Malformed entry 1 in list file \/etc\/apt\/sources\.list\.d\/eg-test\.list/,
	},
];

describe.each( testServers() )( 'what would be a dead end on $name ($kind)', ( server ) => {
	let remote: Remote;
	let before: string[];
	let unlock = ':';
	const say = ( program: string ) => sayOn( remote, program );
	const failed = ( act: Promise< unknown > ) =>
		act.then(
			() => ( { code: 'succeeded' } ),
			( { code, changed, detail }: GatewayError ) => ( {
				code,
				changed,
				said: 'output' in detail ? detail.output : 'where' in detail ? detail.where : '',
			} )
		);
	const state = () =>
		say(
			`dpkg-query -W -f '\${Package} \${db:Status-Status}\\n' | sort; find /etc/postfix /etc/aliases /var/log/email-gateway 2>/dev/null | sort
			cat /var/spool/postfix/pid/master.pid 2>/dev/null >/dev/null && echo running; ls -d /etc/postfix/gateway-* 2>/dev/null; true`
		);
	const removal = () => remove( remote, { jobId: randomUUID(), waitingMail: 'save' }, follower() );

	beforeAll( async () => {
		( { remote, before } = await beginOn( server ) );
	}, 120_000 );
	afterEach( async () => {
		await say( unlock );
		unlock = ':';
	}, 120_000 );
	afterAll( async () => {
		await removal().catch( () => {} );
		remote.close();
	}, 120_000 );

	test.each( atInstall )(
		'at an install: $what',
		async ( { lock, unlock: open, code, said } ) => {
			const asBefore = await state();
			unlock = open;
			await say( lock );
			const { said: told, ...failure } = ( await failed( install( remote ) ) ) as { said: string; code: string };
			expect( failure ).toMatchObject( { code, changed: expect.stringMatching( /^(nothing|undone)$/ ) } );
			expect( told ).toMatch( said );
			await say( open );
			unlock = ':';
			expect( await state() ).toBe( asBefore );
		},
		120_000
	);

	test( 'a service that is masked is unmasked, as the plan says, and masked again by Remove and by an undo', async () => {
		const masks = 'find /etc/systemd/system /run/systemd/system -name "postfix*" -lname /dev/null | sort';
		unlock = 'systemctl unmask postfix postfix@-; systemctl --runtime unmask postfix@';
		await say( 'systemctl mask postfix postfix@-; systemctl --runtime mask postfix@' );
		const masked = await say( masks );
		expect( masked.split( '\n' ) ).toHaveLength( 4 );
		const { steps } = await planFor( remote );
		expect( steps.filter( ( { was } ) => was === 'masked' ).map( ( { subject } ) => subject ) ).toEqual( [
			...[ 'postfix.service', 'postfix@-.service', 'postfix@.service' ],
		] );

		const cancel = new AbortController();
		const undone = follower( {
			cancel: cancel.signal,
			onStep: ( line ) => line === 'configuration started' && cancel.abort(),
		} );
		await expect( install( remote, undone ) ).rejects.toMatchObject( { changed: 'undone' } );
		expect( await say( masks ) ).toBe( masked );

		await install( remote );
		expect( [ await say( masks ), ( await planFor( remote ) ).steps ] ).toEqual( [ '', [] ] );
		await removal();
		expect( await say( masks ) ).toBe( masked );
	}, 240_000 );

	test( 'somebody else is fetching the package lists where there are none: it waits', async () => {
		await say( `rm -f /var/lib/apt/lists/*_Packages; cat >/run/hold.pl <<'END'
use Fcntl;
open( my $lock, '>>', '/var/lib/apt/lists/lock' ) or die;
fcntl( $lock, F_SETLK, pack( 's s x4 q q i x4', F_WRLCK, 0, 0, 0, 0 ) ) or die;
sleep 6;
END
setsid perl /run/hold.pl </dev/null >/dev/null 2>&1 &
sleep 0.5; rm /run/hold.pl` );
		await install( remote );
		expect( await say( 'postconf -h relayhost' ) ).toMatch( /provider/ );
	}, 120_000 );

	test.each( atRemove )(
		'at a removal: $what',
		async ( { lock, unlock: open, code, said } ) => {
			const asBefore = await state();
			expect( asBefore ).toMatch( /^running$/m );
			unlock = open;
			await say( lock );
			const { said: told, ...failure } = ( await failed( removal() ) ) as { said: string; code: string };
			expect( failure ).toEqual( { code, changed: 'nothing' } );
			expect( told ).toMatch( said );
			await say( open );
			unlock = ':';
			expect( await state() ).toBe( asBefore );
		},
		120_000
	);

	test( 'the next click goes on', async () => {
		await removal();
		expect( await say( 'ls -d /etc/postfix /var/log/email-gateway 2>&1 | grep -v "No such"; true' ) ).toBe( '' );
		expect( before.filter( ( line ) => line.startsWith( 'package postfix ' ) ) ).toEqual( [] );
	}, 120_000 );
} );
