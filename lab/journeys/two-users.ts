import type { LabServer } from '../state.ts';
import { onServer } from './server.ts';

/** Folders that a look takes for sites, as a panel makes them: each of a Unix user that is named after the domain. */
export const makeSites = ( server: LabServer, domains: readonly string[] ): Promise< string > =>
	onServer(
		server,
		domains
			.map(
				( domain ) => `id -u ${ domain } >/dev/null 2>&1 || useradd --badname --no-create-home ${ domain }
				mkdir -p /var/www/${ domain }/html && echo '<?php' >/var/www/${ domain }/html/wp-config.php
				chown -R ${ domain } /var/www/${ domain }`
			)
			.join( '\n' )
	);

export const forgetSites = ( server: LabServer, domains: readonly string[] ): Promise< string > =>
	onServer( server, domains.map( ( domain ) => `userdel ${ domain }; rm -r /var/www/${ domain }` ).join( '\n' ) );

/** A site's PHP mail(), as its Unix user. */
export function mailOf(
	server: LabServer,
	domain: string,
	{ subject, from = `orders@${ domain }` }: { subject: string; from?: string }
): Promise< string > {
	const code = `exit( mail( "ann@recipient.example", "${ subject }", "x", "From: ${ from }", "-f${ from }" ) ? 0 : 1 );`;
	return onServer( server, `runuser -u ${ domain } -- php -r '${ code }'` );
}
