import { sql } from 'kysely';
import type { ConstructorOptions } from 'pg-boss';
import type { Config } from '../config.ts';
import type { Outage } from './outage.ts';
import type { Snapshots } from './snapshots.ts';
import type { Db } from './tables.ts';

export interface Database {
	kind: 'embedded' | 'postgresql';
	db: Db;
	/** How the queue reaches the same database. */
	queueOptions: ConstructorOptions;
	snapshot: Snapshots[ 'take' ];
	/** Told by whoever meets an error of the database. */
	outage: Outage;
	close(): Promise< void >;
}

/** Where an embedded database is, and where either's snapshots go. */
export type Place = Pick< Config, 'dataDir' | 'snapshotMinutes' | 'snapshotsKept' >;

/** Resolves when the database answers. Errors: those of the driver. */
export async function answers( db: Db ): Promise< void > {
	await sql`select 1`.execute( db );
}
