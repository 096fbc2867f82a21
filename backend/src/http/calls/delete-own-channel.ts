import { endChannel } from '../../db/end-channel.ts';
import { channelKeptBy } from '../../db/kept-channels.ts';
import type { Call } from '../call.ts';
import { changeOwnAlerts } from '../own-alerts.ts';

export const deleteOwnChannel: Call< 'deleteOwnChannel' > = ( app, { id }, caller ) =>
	changeOwnAlerts( app, caller, async ( tx, keeper ) => {
		await endChannel( app, tx, await channelKeptBy( tx, { ...keeper, id } ), caller.actor.login );
	} );
