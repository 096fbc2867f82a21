import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { timingSafeEqual } from 'node:crypto';

/** User names and passwords of the provider, kept in one file; made-up ones, of no worth outside the lab. */
export type Accounts = {
	set: ( user: string, password: string ) => void;
	/** True when the user exists and this is the password, byte for byte. */
	accepts: ( user: string, password: string ) => boolean;
	users: () => string[];
};

/** Opens the accounts file, or begins one. */
export function openAccounts( file: string ): Accounts {
	const passwords = new Map< string, string >(
		existsSync( file ) ? Object.entries( JSON.parse( readFileSync( file, 'utf8' ) ) ) : []
	);
	return {
		set( user, password ) {
			passwords.set( user, password );
			writeFileSync( `${ file }.new`, JSON.stringify( Object.fromEntries( passwords ) ), { mode: 0o600 } );
			renameSync( `${ file }.new`, file );
		},
		accepts( user, password ) {
			const expected = Buffer.from( passwords.get( user ) ?? '' );
			const given = Buffer.from( password );
			return passwords.has( user ) && expected.length === given.length && timingSafeEqual( expected, given );
		},
		users: () => [ ...passwords.keys() ],
	};
}
