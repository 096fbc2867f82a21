import { startPostgres } from '../database/postgres.ts';
import { stopProcess } from '../system/processes.ts';
import { jest } from './jest.ts';
import type { RunnerResult } from './report.ts';
import type { RunnerContext } from './runners.ts';

/** The tests that need a real PostgreSQL: several processes over one database. */
export async function withPostgres( { log, signal }: RunnerContext ): Promise< RunnerResult > {
	try {
		const databaseUrl = await startPostgres( { log, signal } );
		const args = [ '\\.postgres\\.test\\.ts$', '--testPathIgnorePatterns=/node_modules/' ];
		return await jest( args, { env: { DATABASE_URL: databaseUrl }, signal } );
	} finally {
		await stopProcess( 'postgres' );
	}
}
