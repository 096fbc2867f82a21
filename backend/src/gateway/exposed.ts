import type { Facts, FoundFile } from './facts.ts';

const holdsPassword = /^\/etc\/postfix\/gateway-\d+\/(sasl_passwd|route-\d+_passwd)$/;

/** Whether others than root may read it: by its permissions, or since it is theirs. */
export const isReadable = ( { mode, owner }: Pick< FoundFile, 'mode' | 'owner' > ): boolean =>
	owner !== 'root' || ( Number.parseInt( mode, 8 ) & 0o044 ) !== 0;

/** Files with a password of the gateway that others on the server can read, by path. */
export const exposedFiles = ( { files }: Pick< Facts, 'files' > ): string[] =>
	files.filter( ( file ) => holdsPassword.test( file.path ) && isReadable( file ) ).map( ( { path } ) => path );
