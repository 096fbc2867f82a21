import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { foundView } from '../../views/answers.ts';
import type { Call } from '../call.ts';

/** WordPress waits ten seconds for an answer. */
const timeoutMs = 8_000;

/**
 * Find Settings for an account. It belongs to no server, and there may be none yet, so this is no job: DNS
 * and the mail domain are asked here (docs/decisions/13). Answers that take longer than eight seconds are ignored.
 */
export const findAccount: Call< 'findAccount' > = async (
	{ db, vault, config, tools },
	{ address },
	{ site, actor }
) => {
	const entry = { siteId: site.id, serverId: null, actor: actor.login, action: 'defaults_sought' } as const;
	await forSite( db, site, ( tx ) => note( tx, vault, entry ) );
	const { dnsServers, allowedPrivateRanges } = config;
	return foundView( await tools.findSettings( { address, dnsServers, allowedPrivateRanges, timeoutMs } ) );
};
