import type { DefaultsView } from '@email-gateway/shared';
import { defaultsOf, defaultsUse } from '../db/defaults.ts';
import type { Db } from '../db/tables.ts';
import type { Caller } from '../servers/caller.ts';
import { refuseDefaults } from '../servers/defaults-access.ts';
import { View } from './view.ts';

/** The defaults without their password. Errors: forbidden, for whoever may not manage them. */
export async function defaultsView(
	db: Db,
	caller: Pick< Caller, 'site' | 'may' >,
	{ customersMayUse = caller.site.customersMayUseIncluded }: { customersMayUse?: boolean } = {}
): Promise< View< DefaultsView > > {
	refuseDefaults( caller );
	const defaults = await defaultsOf( db, caller.site.id );
	const usedBy = await defaultsUse( db, caller.site.id, defaults?.version ?? 0 );
	return new View( {
		defaults: defaults ? { ...defaults.settings, version: defaults.version, at: defaults.at.toISOString() } : null,
		...{ usedBy, customersMayUse },
	} );
}
