import * as first from './migrations/0001-first.ts';
import * as auditOfAServer from './migrations/0002-audit-of-a-server.ts';
import * as includedGateway from './migrations/0003-included-gateway.ts';
import * as proofs from './migrations/0004-proofs.ts';
import * as watch from './migrations/0009-watch.ts';
import * as auditChain from './migrations/0010-audit-chain.ts';
import * as owners from './migrations/0011-owners.ts';
import * as lentConnections from './migrations/0014-lent-connections.ts';
import * as mailLog from './migrations/0015-mail-log.ts';
import * as queues from './migrations/0016-queues.ts';
import * as incidents from './migrations/0017-incidents.ts';
import * as serverEntries from './migrations/0018-server-entries.ts';
import * as sites from './migrations/0019-sites.ts';
import * as mailAddresses from './migrations/0020-mail-addresses.ts';
import * as mailDelays from './migrations/0021-mail-delays.ts';
import * as accounts from './migrations/0022-accounts.ts';
import * as sideDoors from './migrations/0024-side-doors.ts';
import * as caps from './migrations/0025-caps.ts';
import * as routeAccounts from './migrations/0026-route-accounts.ts';
import * as signInChecks from './migrations/0028-sign-in-checks.ts';
import * as unlistedSenders from './migrations/0029-unlisted-senders.ts';
import * as ownChannels from './migrations/0030-own-channels.ts';
import * as keptDays from './migrations/0031-kept-days.ts';
import * as waitingOfRoutes from './migrations/0032-waiting-of-routes.ts';
import * as logBudget from './migrations/0033-log-budget.ts';

/** In the order in which they are applied; a name that was released never changes. */
export const migrations = {
	'0001-first': first,
	'0002-audit-of-a-server': auditOfAServer,
	'0003-included-gateway': includedGateway,
	'0004-proofs': proofs,
	'0009-watch': watch,
	'0010-audit-chain': auditChain,
	'0011-owners': owners,
	'0014-lent-connections': lentConnections,
	'0015-mail-log': mailLog,
	'0016-queues': queues,
	'0017-incidents': incidents,
	'0018-server-entries': serverEntries,
	'0019-sites': sites,
	'0020-mail-addresses': mailAddresses,
	'0021-mail-delays': mailDelays,
	'0022-accounts': accounts,
	'0024-side-doors': sideDoors,
	'0025-caps': caps,
	'0026-route-accounts': routeAccounts,
	'0028-sign-in-checks': signInChecks,
	'0029-unlisted-senders': unlistedSenders,
	'0030-own-channels': ownChannels,
	'0031-kept-days': keptDays,
	'0032-waiting-of-routes': waitingOfRoutes,
	'0033-log-budget': logBudget,
};
