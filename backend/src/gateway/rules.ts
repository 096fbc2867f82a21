import type { SandboxRules } from '@email-gateway/shared';
import type { Cap } from './caps.ts';
import type { Paused } from './pauses.ts';
import { noRoutes, type Routes } from './routes.ts';

/** What people decided about the mail of a server, beside its settings. */
export interface Rules {
	/** Whose sending is paused, by uid. */
	paused: readonly Paused[];
	/** Null: it is off. */
	sandbox: SandboxRules | null;
	/** Which sites leave by an account of their own. */
	routes: Routes;
	/** How much may be sent; where nobody has a cap nothing counts. */
	caps: readonly Cap[];
	/** Which Unix users, by number, reach mail servers through the gateway only. */
	closedDoors: readonly number[];
}

export const noRules: Rules = { paused: [], sandbox: null, routes: noRoutes, caps: [], closedDoors: [] };
