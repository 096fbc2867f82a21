import { mailAddress, type OwnChannelTarget } from '@email-gateway/shared';
import type { App } from '../app.ts';
import type { Db } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import type { Target } from './save-channel.ts';
import { mailOfOwners } from './target.ts';

/**
 * What is saved of where an owner wants to be told. Email goes to the address that WordPress has of them: they type none, so
 * that nobody has others written to by the site's account. Errors: not_found, where they or the site have none.
 */
export async function ownTarget(
	app: Pick< App, 'secrets' >,
	db: Db,
	target: OwnChannelTarget | null,
	{ siteId, mail }: { siteId: string; mail: string | undefined }
): Promise< Target | null > {
	if ( target?.kind !== 'email' ) {
		return target;
	}
	const to = mailAddress.safeParse( mail ).data;
	if ( ! to || ! ( await mailOfOwners( app, db, siteId ) ) ) {
		throw new GatewayError( 'not_found' );
	}
	return { kind: 'email', to };
}
