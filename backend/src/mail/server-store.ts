import type { Remote } from '../ssh/remote.ts';

// Says what the server's own CA store makes of the certificate. Only told: a server could bring its own roots, so it
// never decides. Three lines on stdin: name, what to connect to, words of `-starttls` (may be empty).
const ask = `IFS= read -r name || exit 64
IFS= read -r place || exit 64
IFS= read -r mode || exit 64
command -v openssl >/dev/null || exit 69
set -- -connect "$place" -servername "$name" -verify_hostname "$name" -verify_return_error
[ "$mode" = starttls ] && set -- "$@" -starttls smtp
timeout 15 openssl s_client "$@" </dev/null 2>/dev/null | sed -n 's/^ *Verify return code: \\([0-9]*\\).*/\\1/p' | tail -n 1
`;

/** Whether the CA store of the server itself verifies the provider's certificate; null where it could not tell. */
export async function serverStoreAgrees(
	remote: Remote,
	{
		host,
		address,
		port,
		mode,
		signal,
	}: { host: string; address: string; port: number; mode: 'implicit' | 'starttls'; signal: AbortSignal }
): Promise< boolean | null > {
	const place = `${ address.includes( ':' ) ? `[${ address }]` : address }:${ port }`;
	const { exitCode, stdout } = await remote.run( ask, {
		stdin: Buffer.from( `${ host }\n${ place }\n${ mode }\n` ),
		signal,
		timeoutMs: 20_000,
		maxBytes: 8_192,
	} );
	const code = /^\d+$/.exec( stdout.trim() )?.[ 0 ];
	return exitCode !== 0 || code === undefined ? null : code === '0';
}
