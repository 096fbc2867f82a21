import { jobById } from '../db/jobs.ts';
import { settingsVersion } from '../db/settings.ts';
import { GatewayError } from '../errors.ts';
import { generationFolder } from '../gateway/folders.ts';
import type { Facts } from '../gateway/facts.ts';
import { isUnshown } from '../servers/defaults-access.ts';
import type { JobContext } from './context.ts';

/**
 * Whoever is not shown the defaults, or a former owner's credentials, compares nothing with a gateway that may have them:
 * the number of changes alone would tell how right a guess is. Also one of which we only know that it is ours, as after Forget This Server.
 * Errors: account_not_shown.
 */
export async function refuseUnshownFound( context: JobContext, facts: Facts ): Promise< void > {
	const { askedBy: by } = context.job;
	if ( facts.generation === 0 || ( by.seesDefaults ?? by.administrator ) ) {
		return;
	}
	if ( ! ( await isOwn( context, facts ) ) ) {
		throw new GatewayError( 'account_not_shown' );
	}
}

/** Whether what was found was made with settings that are shown to those who run this server. */
async function isOwn( { app: { db }, job, server, site }: JobContext, { lastJob }: Facts ): Promise< boolean > {
	const ref = { siteId: site.id, serverId: job.serverId };
	const installed = await settingsVersion( db, ref, server.installedVersion );
	if ( installed ) {
		return ! isUnshown( server, installed );
	}
	// an install that was cut off
	const made = isUuid( lastJob ) ? await jobById( db, lastJob ) : undefined;
	if ( ! made || made.siteId !== ref.siteId || made.serverId !== ref.serverId ) {
		return false;
	}
	const version = made.request.verb === 'install_gateway' ? made.request.version : null;
	const begun = await settingsVersion( db, ref, version );
	return begun !== undefined && ! isUnshown( server, begun );
}

const isUuid = ( text: string | null ): text is string =>
	text !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test( text );

/**
 * For somebody who types a password and did not give the one that is there: it is written whether it is the same or
 * not, so that nothing tells which.
 */
export function asIfNoCredential( { job }: JobContext, facts: Facts ): Facts {
	const { request, askedBy: by } = job;
	const isTyped = 'passwordTyped' in request && request.passwordTyped === true;
	const path = `${ generationFolder( facts.generation ) }/sasl_passwd`;
	return isTyped && ! by.administrator
		? { ...facts, files: facts.files.filter( ( file ) => file.path !== path ) }
		: facts;
}
