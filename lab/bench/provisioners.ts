import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '../servers/server.ts';
import { shellOn } from '../servers/ssh.ts';
import { run } from '../system/run.ts';
import type { BenchContext } from './figures.ts';
import type { Account, Machines } from './machines.ts';
import { sameGateway } from './same-gateway.ts';

export interface Provisioner {
	name: string;
	/** What it needs and that is no part of the work, on a server as new. */
	prepare( server: Server, round: number ): Promise< void >;
	/** @return milliseconds; throws where it says that it changed something else than `expect` */
	provision( server: Server, round: number, account: Account, expect: 'changes' | 'nothing' ): Promise< number >;
}

/** Ours: the site's call to the API until the job has succeeded. */
export const api = ( { connect, install }: Machines ): Provisioner => ( {
	name: 'gateway',
	prepare: ( server, round ) => connect( round + 1, server ),
	async provision( _server, round, account, expect ) {
		const { tookMs, alreadyRight } = await install( round + 1, account );
		if ( alreadyRight !== ( expect === 'nothing' ) ) {
			throw new Error( `gateway: ${ alreadyRight ? 'nothing was' : 'something was' } changed.` );
		}
		return tookMs;
	},
} );

/** The floor: the same files and commands in one shell over one ssh. It looks at nothing and proves nothing. */
export const shell = ( { provider }: Machines, { signal }: BenchContext ): Provisioner => ( {
	name: 'shell',
	prepare: async () => {},
	async provision( server, _round, account ) {
		const { packages, files } = sameGateway( server.name, provider, account );
		const write = files.map( ( { path, mode, content } ) => {
			const base64 = Buffer.from( content ).toString( 'base64' );
			return `echo ${ base64 } | base64 -d >${ path } && chmod ${ mode } ${ path }`;
		} );
		const script = [
			'set -e; export DEBIAN_FRONTEND=noninteractive',
			'[ -n "$(find /var/lib/apt/lists -maxdepth 1 -name "*Packages*" -mtime -1)" ] || apt-get -q update',
			'mkdir -p /etc/postfix/gateway-1; mkdir -p -m 0700 /var/log/email-gateway',
			...write,
			"echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections",
			`apt-get -y -q --no-install-recommends -o Dpkg::Options::=--force-confold install ${ packages.join(
				' '
			) }`,
			'systemctl -q enable postfix; postfix reload',
		].join( '\n' );
		const from = performance.now();
		await shellOn( server, script, { signal } );
		return performance.now() - from;
	},
} );

/** The playbook beside this file. Python is there before it begins. */
export async function ansible( { provider }: Machines, { signal }: BenchContext ): Promise< Provisioner > {
	const folder = await mkdtemp( join( tmpdir(), 'bench-ansible-' ) );
	signal.addEventListener( 'abort', () => void rm( folder, { recursive: true, force: true } ) );
	return {
		name: 'ansible',
		async prepare( server ) {
			const install = 'DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends';
			await shellOn( server, `${ install } python3 python3-apt`, { signal } );
		},
		async provision( server, round, account, expect ) {
			const { packages, files } = sameGateway( server.name, provider, account );
			const variables = join( folder, 'variables.json' );
			await writeFile( variables, JSON.stringify( { packages, files } ), { mode: 0o600 } );
			const connection = [ '-i', `${ server.host },`, '-u', 'root', '--private-key', server.keyFile ];
			const from = performance.now();
			const told = await run(
				[
					...[ 'ansible-playbook', ...connection, '-e', `@${ variables }` ],
					...[
						'-e',
						'ansible_python_interpreter=/usr/bin/python3',
						join( import.meta.dirname, 'playbook.yml' ),
					],
				],
				{
					signal,
					env: {
						...process.env,
						ANSIBLE_PIPELINING: 'True',
						ANSIBLE_HOST_KEY_CHECKING: 'False',
						// each round meets a server with a new key
						ANSIBLE_SSH_CONTROL_PATH_DIR: join( folder, `${ round }` ),
						ANSIBLE_LOCALHOST_WARNING: 'False',
						LC_ALL: 'C.UTF-8',
					},
				}
			);
			const tookMs = performance.now() - from;
			const changed = Number( /changed=(\d+)/.exec( told )?.[ 1 ] ?? Number.NaN );
			if ( Number.isNaN( changed ) || changed > 0 !== ( expect === 'changes' ) ) {
				throw new Error( `ansible changed ${ changed } things:\n${ told }` );
			}
			return tookMs;
		},
	};
}
