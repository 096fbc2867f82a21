import type { LabServer } from '../state.ts';
import { run, tryRun, type Finished } from '../system/run.ts';

/** What it takes to reach a server. */
export type Reachable = Pick< LabServer, 'host' | 'sshPort' | 'sshUser' | 'keyFile' >;

/** The command line that runs `command` as root on a server. */
function sshTo( { host, sshPort, sshUser, keyFile }: Reachable, command: string ): string[] {
	const options = [
		// A reset gives a server new host keys: there is nothing to remember in a lab.
		...[ 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR' ],
		...[ 'BatchMode=yes', 'IdentitiesOnly=yes', 'ConnectTimeout=10' ],
	];
	return [
		'ssh',
		'-F/dev/null',
		...options.flatMap( ( option ) => [ '-o', option ] ),
		...[ '-i', keyFile, '-p', `${ sshPort }`, `${ sshUser }@${ host }`, command ],
	];
}

/**
 * Runs a shell script as root on a server, through its sshd.
 *
 * @param script  POSIX shell
 * @param options input: what the script reads from its standard input
 * @return what it printed and its exit code; 255 when there was no connection
 */
export function execInServer(
	server: Reachable,
	script: string,
	{ input, signal }: { input?: string | Buffer; signal?: AbortSignal } = {}
): Promise< Finished > {
	return tryRun( sshTo( server, script ), { input, signal } );
}

/**
 * Runs a shell script as root on a server; no process there carries its text in its arguments.
 *
 * @return what it printed; throws CommandError when it fails
 */
export function shellOn(
	server: Reachable,
	script: string,
	{ signal }: { signal?: AbortSignal } = {}
): Promise< string > {
	return run( sshTo( server, 'sh -s' ), { input: script, signal } );
}
