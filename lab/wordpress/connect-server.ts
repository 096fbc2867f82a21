import { setTimeout as sleep } from 'node:timers/promises';
import type { JobView } from '../../shared/src/index.ts';
import type { Ask } from './rest.ts';

export interface ServerAccess {
	name: string;
	host: string;
	sshPort: number;
	sshUser: string;
	/** Runs a shell script as root on the server, by the lab's own way in; returns what it printed. */
	shell( script: string ): Promise< string >;
}

/** Does in WordPress what a person does: lets the site's key in, saves the connection, compares and trusts the host key. */
export async function connectServer( ask: Ask, serverId: number, server: ServerAccess ): Promise< void > {
	const before = await ask( 'readServer', {}, { serverId } );
	if (
		before.connection?.host === server.host &&
		before.connection.hostKey?.state === 'trusted' &&
		before.connection.lastLook !== null
	) {
		return;
	}
	const { installLine } = await ask( 'makeServerKey', {}, { serverId } );
	await server.shell( installLine );
	const { host, sshPort, sshUser } = server;
	const { jobId } = await ask(
		'saveConnection',
		{ connection: { host, sshPort, sshUser, signIn: { kind: 'managed_key' } } },
		{ serverId }
	);
	await ended( ask, serverId, jobId );
	const { connection } = await ask( 'readServer', {}, { serverId } );
	const fingerprint = connection?.hostKey?.seenFingerprint ?? connection?.hostKey?.fingerprint;
	if ( fingerprint === undefined || ! ( await hostKeysOf( server ) ).includes( fingerprint ) ) {
		throw new Error(
			`${ server.name } was reached, but the host key seen (${ fingerprint ?? 'none' }) is not one of its own.`
		);
	}
	const trusted = await ask( 'trustHostKey', { fingerprint }, { serverId } );
	const job = await ended( ask, serverId, trusted.jobId );
	if ( job.state !== 'succeeded' ) {
		throw new Error( `${ server.name } could not be signed in to: ${ JSON.stringify( job.error ) }` );
	}
}

async function hostKeysOf( server: ServerAccess ): Promise< string > {
	return server.shell( 'for key in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf "$key"; done' );
}

async function ended( ask: Ask, serverId: number, jobId: string ): Promise< JobView > {
	const deadline = Date.now() + 60_000;
	for (;;) {
		const { job } = await ask( 'readJob', { after: 0 }, { serverId, jobId } );
		if ( job.finishedAt !== null ) {
			return job;
		}
		if ( Date.now() > deadline ) {
			throw new Error( `The job ${ job.verb } of server ${ serverId } is still ${ job.state } after a minute.` );
		}
		await sleep( 300 );
	}
}
