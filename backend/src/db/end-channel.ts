import { sql } from 'kysely';
import type { Vault } from '../vault/vault.ts';
import { dropChannel, type AlertChannel } from './alert-channels.ts';
import { note } from './audit.ts';
import { endIncident } from './incidents.ts';
import { channelPlace } from './places.ts';
import type { SecretStore } from './secrets.ts';
import type { Tx } from './tables.ts';

interface Parts {
	vault: Vault;
	secrets: SecretStore;
}

/** Deletes a channel with its secrets and what waits for it, and notes who did. */
export async function endChannel(
	{ vault, secrets }: Parts,
	tx: Tx,
	channel: AlertChannel,
	actor: string
): Promise< void > {
	const { id, siteId, kind, own, owner } = channel;
	await secrets.remove( tx, channelPlace( channel ) );
	await dropChannel( tx, id );
	await endIncident( tx, { siteId, server: null, kind: 'channel', subject: id } );
	const detail = { channel: kind, ...( own && owner !== null ? { owner } : {} ) };
	await note( tx, vault, { siteId, serverId: null, actor, action: 'alert_channel_deleted', detail } );
}

/** Deletes what owners keep who own no server of the site any more: there is nothing left to tell them. */
export async function endStrayChannels( parts: Parts, tx: Tx, siteId: string, actor: string ): Promise< void > {
	const { rows } = await sql< AlertChannel >`
		select * from alert_channels c where c.own and c.site_id = ${ siteId }
		and not exists (select 1 from servers s where s.site_id = c.site_id and s.owner = c.owner)
	`.execute( tx );
	for ( const channel of rows ) {
		await endChannel( parts, tx, channel, actor );
	}
}
