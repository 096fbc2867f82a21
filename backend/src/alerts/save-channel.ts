import type { ChannelTarget, OwnChannelTarget } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { accountOf } from '../db/accounts.ts';
import { addChannel, changeChannel, type AlertChannel } from '../db/alert-channels.ts';
import { dropDeliveries } from '../db/alert-deliveries.ts';
import { channelKeptBy, refuseManyChannels, type Keeper } from '../db/kept-channels.ts';
import { channelPlace } from '../db/places.ts';
import type { Tx } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import { Secret } from '../vault/secret.ts';
import { refuseUnreachable } from './reachable.ts';
import { newSigningSecret } from './signing.ts';

/** Of an owner's own email only whom it goes to: by which account, each sending asks. */
export type Target = ChannelTarget | Exclude< OwnChannelTarget, { kind: 'email' } > | { kind: 'email'; to: string };

interface Asked {
	/** null: a new one. */
	id: string | null;
	name: string;
	/** Whose servers it is told of; null: all. */
	owner: number | null;
	weekly: boolean;
	/** null: stays as it is. */
	target: Target | null;
}
type Told = Omit< Asked, 'id' | 'target' > & Pick< AlertChannel, 'account' >;
type Secrets = Pick< App, 'secrets' | 'config' >;

/**
 * Adds or changes a channel. Another address gets another signing secret, so that a former receiver can sign nothing for
 * the new one. `signingSecret`: a new one, to be shown once. Errors: not_found, also for an account; too_many_channels;
 * a ZodError for an address that is never called.
 */
export async function saveChannel(
	{ secrets, config }: Secrets,
	tx: Tx,
	{ keeper, asked: { id, target, ...told } }: { keeper: Keeper; asked: Asked }
): Promise< { channel: AlertChannel; signingSecret: string | null } > {
	refuseUnreachable( target, config.allowedPrivateRanges );
	const { siteId } = keeper;
	const before = id === null ? null : await channelKeptBy( tx, { ...keeper, id } );
	const kind = kindOf( target, before );
	const account = target && 'account' in target ? target.account : before?.account ?? null;
	if ( target && 'account' in target ) {
		await accountOf( tx, { siteId, id: target.account } );
	}
	if ( ! before ) {
		await refuseManyChannels( tx, keeper );
	}
	const channel = before
		? await change( { secrets }, tx, { before, told: { ...told, account }, keepsTarget: target === null } )
		: await addChannel( tx, { siteId, kind, account, own: keeper.own !== null, ...told } );
	return { channel, signingSecret: target && ( await sealTarget( { secrets }, tx, channel, target ) ) };
}

/** A channel stays of its kind, and a new one goes somewhere. Errors: not_found. */
function kindOf( target: Asked[ 'target' ], before: AlertChannel | null ): AlertChannel[ 'kind' ] {
	const kind = target?.kind ?? before?.kind;
	if ( kind === undefined || ( before && before.kind !== kind ) ) {
		throw new GatewayError( 'not_found' );
	}
	return kind;
}

/** A target that stays is sealed again where its owner, who is part of its place, is another. */
async function change(
	{ secrets }: Pick< App, 'secrets' >,
	tx: Tx,
	{ before, told, keepsTarget }: { before: AlertChannel; told: Told; keepsTarget: boolean }
): Promise< AlertChannel > {
	const channel = { ...before, ...told };
	await changeChannel( tx, before.id, told );
	if ( keepsTarget && before.owner !== told.owner && before.kind !== 'notice' ) {
		await secrets.rebind( tx, channelPlace( before ), channelPlace( channel ) );
	}
	return channel;
}

/** @return the new signing secret; null where the receiver checks none */
async function sealTarget(
	{ secrets }: Pick< App, 'secrets' >,
	tx: Tx,
	channel: AlertChannel,
	target: NonNullable< Asked[ 'target' ] >
): Promise< string | null > {
	const signingSecret = target.kind === 'webhook' ? newSigningSecret() : null;
	if ( target.kind !== 'notice' ) {
		const sealed = JSON.stringify( { ...target, ...( signingSecret ? { signingSecret } : {} ) } );
		await secrets.save( tx, channelPlace( channel ), new Secret( sealed ) );
		// what waits was meant for the former receiver
		await dropDeliveries( tx, channel.id );
	}
	return signingSecret;
}
