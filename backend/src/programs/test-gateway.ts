// Only for tests on real servers: one gateway, installed, changed and removed, and what a server looks like.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import type { GatewaySettings } from '@email-gateway/shared';
import { desire, type Desired } from '../gateway/desired.ts';
import { baseOf } from '../gateway/change.ts';
import type { TakesMail } from '../gateway/own-names.ts';
import { noRules, type Rules } from '../gateway/rules.ts';
import { plan } from '../gateway/plan.ts';
import type { Remote } from '../ssh/remote.ts';
import { connectTo, type TestServer } from '../ssh/test-servers.ts';
import { Secret } from '../vault/secret.ts';
import { apply } from './apply.ts';
import type { RunFollower } from './detached-run.ts';
import { look } from './look.ts';
import { remove } from './remove.ts';

export const site = { id: 'site-of-the-test', url: 'https://example.com', serverId: 7 };

export const settings: GatewaySettings = {
	smtpServer: 'smtp.provider.test',
	smtpPort: 587,
	userName: 'gateway@example.test',
	sendingDomain: 'example.com',
	note: '',
	serverHostname: null,
	rootMail: null,
	caCertificate: null,
};

export const password = new Secret( 'p#$a:s "s\'`\\ü😀 <%41>' );

/** Steps in the order in which they were told: `packages started`. */
export interface Followed extends RunFollower {
	told: { line: string; serverSeq: number | null }[];
}

export function follower(
	options: { signal?: AbortSignal; cancel?: AbortSignal; onStep?: ( line: string ) => void } = {}
): Followed {
	const told: Followed[ 'told' ] = [];
	return {
		told,
		signal: options.signal ?? AbortSignal.timeout( 280_000 ),
		cancel: options.cancel ?? new AbortController().signal,
		onStep: ( step, phase, _detail, serverSeq ) => {
			told.push( { line: `${ step } ${ phase }`, serverSeq } );
			options.onStep?.( `${ step } ${ phase }` );
		},
	};
}

/** What is told of an install that nothing disturbs. */
export const wholeRun = [ 'snapshot', 'packages', 'configuration', 'service', 'verify', 'commit' ].flatMap(
	( step ) => [ `${ step } started`, `${ step } finished` ]
);

/** Looks, and says what is missing for the gateway of this test. */
export async function planFor(
	remote: Remote,
	changes: Partial< GatewaySettings > = {},
	takesMail?: TakesMail,
	rules: Partial< Rules > = {}
) {
	const facts = await look( remote, { signal: AbortSignal.timeout( 60_000 ) } );
	const desired: Desired = desire(
		{
			settings: { ...settings, ...changes },
			password,
			rootMail: 'admin@example.com',
			site,
			rules: { ...noRules, ...rules },
			...( takesMail && { takesMail } ),
		},
		facts
	);
	return { facts, desired, base: baseOf( facts ), steps: plan( facts, desired ) };
}

export async function install(
	remote: Remote,
	follow: RunFollower = follower(),
	changes: Partial< GatewaySettings > = {},
	takesMail?: TakesMail,
	rules: Partial< Rules > = {}
): Promise< void > {
	const { steps, ...change } = await planFor( remote, changes, takesMail, rules );
	await apply( remote, { ...change, jobId: randomUUID(), plan: steps }, follow );
}

/** Leaves no gateway behind, whatever state an earlier test or journey left. */
export async function removeIfThere( remote: Remote ): Promise< void > {
	const { facts } = await planFor( remote );
	if ( facts.marker || facts.unfinished ) {
		await remove( remote, { jobId: randomUUID(), waitingMail: 'save' }, follower() ).catch( () => undefined );
	}
}

/** Ends what a test that was killed may have left: immutable files, holds, mounts, masks. chattr is not on every server. */
const endDeadEnds = `umount -l /var/log; apt-mark unhold postfix; rm -f /etc/apt/sources.list.d/eg-test.list
systemctl unmask postfix postfix@-
find /etc /usr/sbin /usr/lib/postfix -xdev \\( -type f -o -type d \\) -print0 | perl -n0e 'chomp; open( my $f, "<", $_ ) or next; my $a = pack( "l!", 0 );
	ioctl( $f, 0x80086601, $a ) or next; my $n = unpack( "l!", $a ); next unless $n & 16; ioctl( $f, 0x40086602, pack( "l!", $n & ~16 ) )'`;

/** Connects to a server on which there is no gateway, and tells what it looks like then. */
export async function beginOn( server: TestServer ): Promise< { remote: Remote; before: string[] } > {
	const remote = await connectTo( server, AbortSignal.timeout( 900_000 ) );
	await say( remote, endDeadEnds );
	await removeIfThere( remote );
	return { remote, before: await stateOf( remote ) };
}

/** Runs a constant program as root and returns what it says. */
export async function say( remote: Remote, program: string ): Promise< string > {
	const { stdout } = await remote.run( program, {
		signal: AbortSignal.timeout( 180_000 ),
		timeoutMs: 180_000,
		maxBytes: 8 << 20,
	} );
	return stdout;
}

/** Packages, every file and folder below /etc (backup files `*-` left out), and listening ports, one a line. */
export async function stateOf( remote: Remote ): Promise< string[] > {
	const said = await say(
		remote,
		`dpkg-query -W -f 'package \${Package} \${Version} \${db:Status-Status}\\n'
		find /etc -xdev ! -name '*-' -type f -exec sha256sum {} +
		find /etc -xdev ! -name '*-' -printf '%p %y %m %U %G %l\\n'
		ss -Hltn | sed 's/^/listens /'`
	);
	return said.split( '\n' ).sort();
}

/** The address of this machine that a server sees. */
export async function addressTowards( { host, sshPort }: TestServer ): Promise< string > {
	const socket = connectTcp( sshPort, host );
	await once( socket, 'connect' );
	const { localAddress = '' } = socket;
	socket.destroy();
	return localAddress;
}
