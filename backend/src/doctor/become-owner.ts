import { statSync } from 'node:fs';

/**
 * Root becomes whoever the data folder belongs to, for good: what it makes there then belongs to the backend, and PostgreSQL
 * knows it by its socket. Anybody else stays who they are.
 */
export function becomeOwner( folder: string ): void {
	const owner = statSync( folder, { throwIfNoEntry: false } );
	if ( process.getuid?.() !== 0 || ! owner || owner.uid === 0 ) {
		return;
	}
	process.setgroups?.( [ owner.gid ] );
	process.setgid?.( owner.gid );
	process.setuid?.( owner.uid );
}
