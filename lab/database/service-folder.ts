import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutNumber, labPath } from '../system/paths.ts';
import { run } from '../system/run.ts';

/** Where root's databases of this lab lie; deleting it deletes them. */
export const databasesPath = `/var/lib/email-gateway-lab/${ checkoutNumber( labPath, 'databases' ).toString( 16 ) }`;

export interface ServiceAccount {
	/** Where the service keeps its data, owned by who runs it. */
	folder: string;
	/** Put before a command line, runs it as that user; a command keeps its process id. */
	asUser: string[];
	user: string;
}

/**
 * A folder and a user for a database server. Root's databases run as the package's own user, who may not look into
 * a checkout of root: their data lies in /var/lib, in a folder named after the lab.
 */
export async function serviceAccount( service: string, packageUser: string ): Promise< ServiceAccount > {
	if ( process.getuid?.() !== 0 ) {
		const folder = join( labPath, service );
		mkdirSync( folder, { recursive: true, mode: 0o700 } );
		return { folder, asUser: [], user: ( await run( [ 'id', '-un' ] ) ).trim() };
	}
	const parent = databasesPath;
	const folder = join( parent, service );
	mkdirSync( folder, { recursive: true } );
	chmodSync( parent, 0o711 );
	const [ uid, gid ] = await Promise.all(
		[ '-u', '-g' ].map( async ( flag ) => Number( await run( [ 'id', flag, packageUser ] ) ) )
	);
	chownSync( folder, uid ?? 0, gid ?? 0 );
	chmodSync( folder, 0o700 );
	return {
		folder,
		asUser: [ 'setpriv', `--reuid=${ packageUser }`, `--regid=${ packageUser }`, '--clear-groups' ],
		user: packageUser,
	};
}
