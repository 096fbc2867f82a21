import type { ConnectionValues } from './form.ts';

type Pasted = Partial< Pick< ConnectionValues, 'host' | 'sshPort' | 'sshUser' > >;

const command = /^ssh\s+(?:-p\s*(\d{1,5})\s+)?(\S+)(?:\s+-p\s*(\d{1,5}))?$/i;
const place = /^(?:([a-z]+):\/\/)?(?:([^@/\s:]+)(?::[^@/\s]*)?@)?([a-z0-9.-]+)(?::(\d{1,5}))?(?:\/\S*)?$/i;

/**
 * Host, port and user that one text names: `root@host`, `host:2222`, `ssh -p 2222 root@host`, or an address copied
 * from a browser, whose port is not that of SSH. Null where the text is at most a plain name.
 */
export function pastedHost( text: string ): Pasted | null {
	const trimmed = text.trim();
	const [ , portBefore, called, portAfter ] = command.exec( trimmed ) ?? [];
	const [ , scheme, user, host = '', port ] = place.exec( called ?? trimmed ) ?? [];
	if ( host === '' || host.toLowerCase() === trimmed.toLowerCase() ) {
		return null;
	}
	const isOfSsh = scheme === undefined || /^(ssh|sftp)$/i.test( scheme );
	const sshPort = portBefore ?? portAfter ?? ( isOfSsh ? port : undefined );
	return {
		host: host.toLowerCase(),
		...( sshPort ? { sshPort } : {} ),
		...( user && isOfSsh ? { sshUser: user } : {} ),
	};
}
