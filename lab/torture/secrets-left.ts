import { base64Forms } from '../base64-forms.ts';
import type { Server } from '../servers/server.ts';
import { execInServer } from '../servers/ssh.ts';

/**
 * Where a password lies on a server besides the one file that is for it, mode 0600 and root's: files on its disk and
 * in its memory, arguments and environments of its processes. It is looked for as it is and in base64.
 */
export async function secretsLeft( server: Server, password: string ): Promise< string[] > {
	const { stdout } = await execInServer( server, search, {
		input: `${ [ password, ...base64Forms( password ) ].join( '\n' ) }\n`,
	} );
	return stdout.split( '\n' ).filter( ( line ) => line !== '' );
}

// The text comes by standard input, so that the search itself does not carry it in its arguments.
const search = `umask 077
texts=$(mktemp /run/torture.XXXXXX) && cat >"$texts"
{
	# written since this server was made; what apt fetched is signed, and much
	find / /var -xdev -type f -cnewer /etc/machine-id ! -path '/usr/*' ! -path '/var/lib/apt/lists/*' ! -path '/var/cache/apt/*' \
		! -path "$texts" -print0 2>/dev/null
	find /run /tmp /dev/shm -type f ! -path "$texts" -print0 2>/dev/null
	find /proc -maxdepth 2 \\( -name cmdline -o -name environ \\) -print0 2>/dev/null
} | xargs -0 grep -laF -f "$texts" 2>/dev/null | sort -u | while IFS= read -r file; do
	case $file in /etc/postfix/gateway-*/sasl_passwd) [ "$(stat -c %a:%U "$file")" = 600:root ] && continue ;; esac
	echo "$file"
done
rm -f "$texts"`;
