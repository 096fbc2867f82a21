/** What our jobs need of sshd besides running programs: Check Settings asks the provider through the server. */
const keyOptions = 'restrict,port-forwarding';

/**
 * One shell line that lets a public key sign in, for nothing but what our jobs do: no terminal, no agent, no X11, no
 * ~/.ssh/rc. Safe to run twice, keeps the keys that are there, and starts on a line of its own where the file does not
 * end with one.
 */
export function installLine( publicKey: string ): string {
	const line = `${ keyOptions } ${ publicKey }`;
	return `(umask 077; mkdir -p ~/.ssh && touch ~/.ssh/authorized_keys && { grep -qxF '${ line }' ~/.ssh/authorized_keys || printf '\\n%s\\n' '${ line }' >> ~/.ssh/authorized_keys; })`;
}
