import { statSync } from 'node:fs';

/**
 * Root does something as whoever the data folder belongs to: what it makes there then belongs to the backend, and PostgreSQL
 * knows it by its socket. Anybody else does it as who they are.
 */
export async function asOwner< Result >( folder: string, work: () => Promise< Result > ): Promise< Result > {
	const owner = statSync( folder, { throwIfNoEntry: false } );
	if ( process.getuid?.() !== 0 || ! owner || owner.uid === 0 ) {
		return work();
	}
	process.setegid?.( owner.gid );
	process.seteuid?.( owner.uid );
	try {
		return await work();
	} finally {
		process.seteuid?.( 0 );
		process.setegid?.( 0 );
	}
}
