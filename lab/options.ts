import { parseArgs } from 'node:util';
import { kinds, type ServerKind } from './servers/kinds.ts';

const serverKinds = Object.keys( kinds ) as ServerKind[];

export interface LabOptions {
	/** One kind for each server; the first is the administrator's, the last the customer's. */
	servers: ServerKind[];
	wordpress: 'sqlite' | 'mariadb';
	database: 'pglite' | 'postgres';
}

export const defaultOptions: LabOptions = {
	servers: [ 'debian12', 'debian12' ],
	wordpress: 'sqlite',
	database: 'pglite',
};

export const usage = `Usage: npm run lab -- up [--servers debian12,debian13] [--wordpress sqlite|mariadb] [--database pglite|postgres]
       npm run lab -- down
       npm run lab -- status [--json]
       npm run lab -- site --server NAME --domain DOMAIN [--wordpress 7.1|6.8]
       npm run lab -- smoke
       npm run lab -- day
       npm run lab -- incidents [--only NAME,…] [--lanes 3] [--minutes 45] [--calm 30]
       npm run lab -- torture [--only NAME,…]
       EMAIL_GATEWAY_REAL_PLUGINS=DIR npm run lab -- real [--only PART,…]
       npm run -s lab -- diagnose <replies.json
       npm run -s lab -- diagnose --write
       npm run lab -- faults [--server debian12] [--only name,name] [--write]
       npm run lab -- refusals [--server debian12]
`;

/** A command line that cannot be understood; the message says what is wrong with it. */
export class UsageError extends Error {
	override name = 'UsageError';
}

/** What was asked for after `up`; only what was said is in it. Throws UsageError. */
export function parseLabOptions( argv: string[] ): Partial< LabOptions > {
	const { servers, wordpress, database } = parseWords( argv );
	return {
		...( servers === undefined ? {} : { servers: parseServers( servers ) } ),
		...( wordpress === undefined
			? {}
			: { wordpress: oneOf( 'wordpress', wordpress, [ 'sqlite', 'mariadb' ] as const ) } ),
		...( database === undefined
			? {}
			: { database: oneOf( 'database', database, [ 'pglite', 'postgres' ] as const ) } ),
	};
}

function parseWords( argv: string[] ): { servers?: string; wordpress?: string; database?: string } {
	const string = { type: 'string' } as const;
	try {
		return parseArgs( { args: argv, options: { servers: string, wordpress: string, database: string } } ).values;
	} catch ( error ) {
		throw new UsageError( ( error as Error ).message );
	}
}

/** There are always two owners, so one kind alone makes two servers of it. */
function parseServers( text: string ): ServerKind[] {
	const kinds = text.split( ',' ).map( ( kind ) => oneOf( 'servers', kind.trim(), serverKinds ) );
	return kinds.length === 1 ? [ ...kinds, ...kinds ] : kinds;
}

export function oneOf< Choice extends string >( option: string, value: string, choices: readonly Choice[] ): Choice {
	const choice = choices.find( ( candidate ) => candidate === value );
	if ( choice === undefined ) {
		throw new UsageError( `--${ option } knows ${ choices.join( ' and ' ) }, not "${ value }".` );
	}
	return choice;
}
