import type { SudoReason } from '@email-gateway/shared';
import { inAnyShell, shellWord } from './any-shell.ts';

/** How the user who signed in becomes root. */
export type AsRoot = 'root' | 'sudo' | 'sudo_password';
/** How a program is started: as the user who signed in, as root in one of the ways, or in the one that is found out. */
export type Elevation = 'user' | AsRoot | 'unknown';

/** Why a user does not become root, as the server says it before a program runs. */
export const sudoProblems = [
	'no_sudo',
	'needs_tty',
	'limited',
	'noexec',
	'no_place',
] as const satisfies readonly SudoReason[];

const alike = `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
`;
const say = ( nonce: string ) => `as() { printf '\\nAS %s %s\\n' ${ nonce } "$1"; }
`;

// Makes every server alike, says READY, and drops what is not ours from stdin. What a login script printed may have no
// line feed at its end.
const prologue = ( nonce: string ) => `umask 022
cd / || exit 96
printf '\\nREADY %s\\n' ${ nonce }
while :; do
	IFS= read -r begin || exit 97
	[ "$begin" = 'BEGIN ${ nonce }' ] && break
done
unset begin
`;

// Root's side of the pipe. Where a rule of sudo forbids programs to start others (noexec), the first that is started
// tells it.
const takePipe = `exec <"$1" || exit 95
rm -rf "\${1%/*}" 2>/dev/null
[ $? -ne 126 ] || { as noexec; exit 94; }
`;

// The user's side. What is handed to a program never goes through sudo's own input, which sudo may write into a log
// (log_input): it goes through a pipe that has a name in a folder of this user, and nothing of it is on a disk.
const makePipe = `umask 077
place=''
for at in /dev/shm "\${XDG_RUNTIME_DIR:-/tmp}" /tmp "$HOME"; do
	place=$(mktemp -d "$at/.email-gateway-XXXXXX" 2>/dev/null) && mkfifo "$place/in" 2>/dev/null && break
	[ -z "$place" ] || rm -rf "$place"
	place=''
done
[ -n "$place" ] || { as no_place; exit 93; }
trap 'rm -rf "$place"' EXIT
trap 'exit 129' HUP INT TERM PIPE
exec 3<&0
`;
const feed = `cat <&3 >"$place/in" 2>/dev/null &
feeder=$!
`;
const leave = `code=$?
kill $feeder 2>/dev/null
exit $code
`;

// -k: cached credentials of another session must not decide whether a password is read
const withSudo = `${ makePipe }${ feed }sudo -n sh -c "$1" sh "$place/in" </dev/null 3<&-
${ leave }`;
// The password alone is sudo's input: a second question of sudo finds its end. The line is read byte by byte.
const withPassword = ( nonce: string ) => `${ makePipe }IFS= read -r password || exit 92
${ feed }printf '%s\\n' "$password" | sudo -k -S -p ${ shellWord( askMark( nonce ) ) } sh -c "$1" sh "$place/in" 3<&-
${ leave }`;

// Says AS and who it is, then how it becomes root, before it starts the program, its first argument. Where sudo does not
// do without a password it waits for a line: none is begun, nor counted as a failed one, where we have none to give.
const findOut = ( nonce: string ) => `as user
if [ "$(id -u)" = 0 ]; then
	as root
	exec sh -c "$1"
elif ! command -v sudo >/dev/null 2>&1; then
	as no_sudo
elif said=$(sudo -k -n sh -c : </dev/null 2>&1); then
	as sudo
	${ withSudo }
else
	case $said in *'must have a tty'*) as needs_tty; exit 91 ;; esac
	if rules=$(sudo -k -n -l </dev/null 2>/dev/null) && ! printf '%s\\n' "$rules" | grep -q '^ *(.*).*[: ,)] *ALL *\\(,\\|$\\)'; then
		as limited
		exit 90
	fi
	as sudo_password
	${ withPassword( nonce ) }
fi`;

/** What sudo prints to stderr each time it wants the password. */
export const askMark = ( nonce: string ) => `ASK ${ nonce }:`;
/** What precedes each word of how it becomes root: user, as soon as `unknown` runs, then one of AsRoot or sudoProblems. */
export const asMark = ( nonce: string ) => `AS ${ nonce } `;
/** What the program prints once nothing but it reads stdin. Whatever a login script printed before is dropped. */
export const readyLine = ( nonce: string ) => `READY ${ nonce }`;
/** What precedes the payload on stdin. */
export const beginLine = ( nonce: string ) => `BEGIN ${ nonce }\n`;

/** The command line for a constant program; `nonce` is hexadecimal. */
export function commandLine( program: string, { elevation, nonce }: { elevation: Elevation; nonce: string } ): string {
	const plain = alike + prologue( nonce ) + program;
	const head = alike + say( nonce );
	const piped = head + takePipe + prologue( nonce ) + program;
	switch ( elevation ) {
		case 'user':
		case 'root':
			return inAnyShell( plain );
		case 'sudo':
			return inAnyShell( head + withSudo, piped );
		case 'sudo_password':
			return inAnyShell( head + withPassword( nonce ), piped );
		case 'unknown':
			// the program takes the pipe where it is given one
			return inAnyShell(
				head + findOut( nonce ),
				`${ head }if [ $# -gt 0 ]; then\n${ takePipe }fi\n${ prologue( nonce ) }${ program }`
			);
	}
}
