/** How a program is started: as the user who signed in, as root, or as root through sudo. */
export type Elevation = 'user' | 'root' | 'sudo' | 'sudo_password';

/** A text as one word of a POSIX shell. */
export const shellWord = ( text: string ) => `'${ text.replaceAll( "'", `'\\''` ) }'`;

// Makes every server alike, says READY, and drops what is not ours from stdin: where sudo asked for no password
// after all, the password line lies there and must not fall into the payload.
const prologue = ( nonce: string ) => `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
umask 022
cd / || exit 96
printf 'READY %s\\n' ${ nonce }
while :; do
	IFS= read -r begin || exit 97
	[ "$begin" = 'BEGIN ${ nonce }' ] && break
done
unset begin
`;

// -k: cached credentials of another session must not decide whether a password is read
const starters: Record< Elevation, ( nonce: string ) => string > = {
	user: () => '',
	root: () => '',
	sudo: () => 'sudo -n ',
	sudo_password: ( nonce ) => `sudo -k -S -p ${ shellWord( askMark( nonce ) ) } `,
};

/** What sudo prints to stderr each time it wants the password. */
export const askMark = ( nonce: string ) => `ASK ${ nonce }:`;
/** What the program prints once nothing but it reads stdin. Whatever a login script printed before is dropped. */
export const readyLine = ( nonce: string ) => `READY ${ nonce }`;
/** What precedes the payload on stdin. */
export const beginLine = ( nonce: string ) => `BEGIN ${ nonce }\n`;

/** The command line for a constant program; `nonce` is hexadecimal. */
export function commandLine( program: string, { elevation, nonce }: { elevation: Elevation; nonce: string } ): string {
	return `${ starters[ elevation ]( nonce ) }sh -c ${ shellWord( prologue( nonce ) + program ) }`;
}
