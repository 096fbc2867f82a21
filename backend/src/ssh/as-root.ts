/** How the user who signed in becomes root. */
export type AsRoot = 'root' | 'sudo' | 'sudo_password';
/** How a program is started: as the user who signed in, as root in one of the ways, or in the one that is found out. */
export type Elevation = 'user' | AsRoot | 'unknown';

/** A text as one word of a POSIX shell. */
export const shellWord = ( text: string ) => `'${ text.replaceAll( "'", `'\\''` ) }'`;

const alike = `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
`;

// Makes every server alike, says READY, and drops what is not ours from stdin: where sudo asked for no password
// after all, the password line lies there and must not fall into the payload. What a login script printed may have no
// line feed at its end.
const prologue = ( nonce: string ) => `${ alike }umask 022
cd / || exit 96
printf '\\nREADY %s\\n' ${ nonce }
while :; do
	IFS= read -r begin || exit 97
	[ "$begin" = 'BEGIN ${ nonce }' ] && break
done
unset begin
`;

// -k: cached credentials of another session must not decide whether a password is read
const withSudo = 'sudo -n ';
const withPassword = ( nonce: string ) => `sudo -k -S -p ${ shellWord( askMark( nonce ) ) } `;

// Says AS and who it is, then how it becomes root, before it starts the program, its first argument. Where sudo does not
// do without a password it waits for a line: none is begun, nor counted as a failed one, where we have none to give.
const findOut = ( nonce: string ) => `${ alike }as() { printf '\\nAS %s %s\\n' ${ nonce } "$1"; }
as user
if [ "$(id -u)" = 0 ]; then as root; exec sh -c "$1"
elif ! command -v sudo >/dev/null 2>&1; then as no_sudo
elif sudo -k -n sh -c : </dev/null >/dev/null 2>&1; then as sudo; exec ${ withSudo }sh -c "$1"
else as sudo_password; IFS= read -r go && exec ${ withPassword( nonce ) }sh -c "$1"
fi`;

const starters: Record< Elevation, ( nonce: string ) => string > = {
	user: () => 'sh -c',
	root: () => 'sh -c',
	sudo: () => `${ withSudo }sh -c`,
	sudo_password: ( nonce ) => `${ withPassword( nonce ) }sh -c`,
	unknown: ( nonce ) => `sh -c ${ shellWord( findOut( nonce ) ) } sh`,
};

/** What sudo prints to stderr each time it wants the password. */
export const askMark = ( nonce: string ) => `ASK ${ nonce }:`;
/** What precedes each word that `unknown` says: user, as soon as it runs, then one of AsRoot or no_sudo. */
export const asMark = ( nonce: string ) => `AS ${ nonce } `;
/** What the program prints once nothing but it reads stdin. Whatever a login script printed before is dropped. */
export const readyLine = ( nonce: string ) => `READY ${ nonce }`;
/** What precedes the payload on stdin. */
export const beginLine = ( nonce: string ) => `BEGIN ${ nonce }\n`;

/** The command line for a constant program; `nonce` is hexadecimal. */
export function commandLine( program: string, { elevation, nonce }: { elevation: Elevation; nonce: string } ): string {
	return `${ starters[ elevation ]( nonce ) } ${ shellWord( prologue( nonce ) + program ) }`;
}
