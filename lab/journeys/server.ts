import { shellOn, type Reachable } from '../servers/ssh.ts';

/** Runs a shell script as root on a lab server and gives its standard output. Throws with stderr where it fails. */
export function onServer( server: Reachable, script: string ): Promise< string > {
	return shellOn( server, script, { signal: AbortSignal.timeout( 180_000 ) } );
}

/** A site's PHP `mail()` as www-data, as a WordPress on that server would call it. */
export async function phpMail( server: Reachable, to: string, subject: string ): Promise< void > {
	const code = `exit( mail( "${ to }", "${ subject }", "from a site" ) ? 0 : 1 );`;
	await onServer( server, `runuser -u www-data -- php -r '${ code }'` );
}

/** What Remove must leave as it found it: packages, every file below /etc (not dpkg's backups `*-`), open ports. */
export async function footprint( server: Reachable ): Promise< Record< 'packages' | 'etc' | 'ports', string[] > > {
	const lines = async ( script: string ) => ( await onServer( server, script ) ).trim().split( '\n' );
	return {
		packages: await lines( `dpkg-query -W -f '\${db:Status-Abbrev} \${Package} \${Version}\\n' | sort` ),
		etc: await lines(
			`cd /etc && find . ! -name '*-' \\( -type f -o -type l \\) -printf '%p %m %u:%g %l\\n' | sort &&
			find . -type f ! -name '*-' ! -name ld.so.cache -print0 | sort -z | xargs -0 sha256sum`
		),
		ports: await lines( `ss -Hltn | awk '{ print $4 }' | sort -u` ),
	};
}
