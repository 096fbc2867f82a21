import type { Remote } from '../ssh/remote.ts';

// The mirror that apt asks, or the proxy it goes through: what every server reaches that reaches anything. It is told
// by the server itself, nothing of ours decides where it connects to.
const ask = `proxy=$(apt-config dump Acquire::http::Proxy 2>/dev/null | sed -n 's/^Acquire::http::Proxy "\\(http[^"]*\\)".*/\\1/p' | head -n 1)
source=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null | grep -v '^[[:space:]]*#' | grep -Eo 'https?://[^/ ]+' | head -n 1)
url=\${proxy:-$source}
place=\${url#*://}
place=\${place%%/*}
place=\${place##*@}
case $url in https://*) port=443 ;; *) port=80 ;; esac
case $place in *:*) port=\${place##*:}; place=\${place%:*} ;; esac
[ -n "$place" ] && command -v bash >/dev/null || exit 69
timeout 8 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$place" "$port" 2>/dev/null && echo yes || echo no`;

/** Whether the server reaches the mirror of its packages; null where it has none to ask. */
export async function reachesAptMirror( remote: Remote, signal: AbortSignal ): Promise< boolean | null > {
	const { exitCode, stdout } = await remote.run( ask, { signal, timeoutMs: 20_000, maxBytes: 8_192 } );
	return exitCode === 0 ? stdout.trim() === 'yes' : null;
}
