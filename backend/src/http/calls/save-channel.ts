import { newSigningSecret } from '../../alerts/signing.ts';
import { addChannel, changeChannel, channelOf } from '../../db/alert-channels.ts';
import { dropDeliveries } from '../../db/alert-deliveries.ts';
import { note } from '../../db/audit.ts';
import { forSite } from '../../db/for-site.ts';
import { channelPlace } from '../../db/places.ts';
import { GatewayError } from '../../errors.ts';
import { Secret } from '../../vault/secret.ts';
import { alertsView } from '../../views/alerts.ts';
import type { Call } from '../call.ts';

/** Another address gets another signing secret, so that a former receiver can sign nothing for the new one. */
export const saveChannel: Call< 'saveChannel' > = ( app, { id, target, ...told }, { site, actor } ) =>
	forSite( app.db, site, async ( tx ) => {
		const before = id === null ? null : await channelOf( tx, { siteId: site.id, id } );
		const kind = target?.kind ?? before?.kind;
		// a channel stays of its kind, and a new one goes somewhere
		if ( kind === undefined || ( before && before.kind !== kind ) ) {
			throw new GatewayError( 'not_found' );
		}
		const channel = before ? { ...before, ...told } : await addChannel( tx, { siteId: site.id, kind, ...told } );
		if ( before ) {
			await changeChannel( tx, before.id, told );
			if ( target === null && before.owner !== told.owner && before.kind !== 'notice' ) {
				await app.secrets.rebind( tx, channelPlace( before ), channelPlace( channel ) );
			}
		}
		const signingSecret = target?.kind === 'webhook' ? newSigningSecret() : null;
		if ( target && target.kind !== 'notice' ) {
			const sealed = JSON.stringify( { ...target, ...( signingSecret ? { signingSecret } : {} ) } );
			await app.secrets.save( tx, channelPlace( channel ), new Secret( sealed ) );
			// what waits was meant for the former receiver
			await dropDeliveries( tx, channel.id );
		}
		const detail = { channel: kind, ...( told.owner === null ? {} : { owner: told.owner } ) };
		await note( tx, app.vault, {
			...{ siteId: site.id, serverId: null, actor: actor.login, action: 'alerts_saved', detail },
		} );
		return alertsView( app, tx, site.id, signingSecret );
	} );
