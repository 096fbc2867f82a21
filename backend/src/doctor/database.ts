import { isOfAnotherKey, type Inspection } from '../db/inspect.ts';
import { fine, problem, warning, type Finding } from './finding.ts';

/**
 * Whether this program can use the tables that are there.
 * @param before the snapshot from before the last upgrade, where there is one
 */
export function checkTables(
	{ newer, pending }: Pick< Inspection, 'newer' | 'pending' >,
	before: string | null
): Finding {
	if ( newer.length ) {
		return problem(
			'tables',
			`A newer release has used this database (${ newer.join( ', ' ) }).`,
			before === null
				? 'Install that release again, or restore the backup from before the upgrade: email-gateway restore FILE'
				: `Install that release again, or restore what was there before the upgrade: email-gateway restore ${ before }`
		);
	}
	return fine(
		'tables',
		pending.length
			? `The next start brings the tables up to date (${ pending.join( ', ' ) }).`
			: 'The tables are up to date.'
	);
}

/** Whether our master key opens what is there. */
export function checkKeyFits( inspection: Inspection ): Finding {
	const { sealed, sealedByOthers } = inspection;
	if ( isOfAnotherKey( inspection ) ) {
		return problem(
			'master key',
			'The master key does not open the secrets in this database: it belongs to another one.',
			'Restore the key of this database from your backup. Without that key, every site must pair again.'
		);
	}
	return sealedByOthers
		? warning(
				'master key',
				`${ sealedByOthers } of ${ sealed } entries are of a master key that is not here.`,
				'Put that key on a line below the present one, restart, and run email-gateway reseal.'
		  )
		: fine( 'master key', 'The master key opens what is in the database.' );
}

/** What a driver says when it does not get in, and what to do about it. */
const causes: [ code: string, told: string, advice: string ][] = [
	[ 'ECONNREFUSED', 'nothing listens there', 'Start PostgreSQL, or correct host and port in DATABASE_URL.' ],
	[ 'ENOENT', 'there is no such socket', 'Start PostgreSQL: systemctl start postgresql.' ],
	[ 'ENOTFOUND', 'its host has no address', 'Correct the host in DATABASE_URL.' ],
	[
		'EAI_AGAIN',
		'its host has no address',
		'Correct the host in DATABASE_URL, or find out why DNS does not answer.',
	],
	[ 'EACCES', 'its socket may not be used', 'Let the user of the backend into the folder of the socket.' ],
	[ '28P01', 'the password is refused', 'Correct user and password in DATABASE_URL.' ],
	[
		'28000',
		'the user is not let in',
		'Create the role, or allow it in pg_hba.conf. For peer login, the role must have the name of the user.',
	],
	[
		'3D000',
		'there is no such database',
		'Create the database: runuser -u postgres -- createdb --owner=email-gateway email-gateway',
	],
	[ '42501', 'the user may not do what is needed', 'Let the role own the database.' ],
	[ '57P03', 'it is starting or stopping', 'Wait. The backend waits, too.' ],
	[ '53300', 'it has no connection left', 'Raise max_connections; the backend needs 15 a process.' ],
];

/** A database that cannot be reached: never its address or password, which the driver may say. */
export function unreachable( error: unknown ): Finding {
	const { code = '', message = '' } = error as { code?: string; message?: string };
	const known = causes.find( ( [ which ] ) => which === code );
	return problem(
		'database',
		`The database cannot be used: ${ known?.[ 1 ] ?? `${ code } ${ message }`.trim() }.`,
		known?.[ 2 ] ?? 'The log of PostgreSQL may say more.'
	);
}
