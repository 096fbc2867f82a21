import type { App } from '../app.ts';
import { claimHeartbeats, noteOutcome, type AlertChannel } from '../db/alert-channels.ts';
import { heartbeat } from './channels/heartbeat.ts';
import { targetOf } from './target.ts';
import type { Sealed } from './channel.ts';
import type { SendOptions } from './post.ts';
import { testMessage } from './words.ts';

const everySeconds = 60;

/** Calls the addresses that are due, all at once; a call that fails is not tried again, since the next one follows. */
export async function callHeartbeats( app: App, options: Partial< SendOptions > ): Promise< void > {
	const due = await claimHeartbeats( app.db, everySeconds );
	await Promise.all( due.map( ( channel ) => callOne( app, channel, options ) ) );
}

async function callOne( app: App, channel: AlertChannel, options: Partial< SendOptions > ): Promise< void > {
	const target = await targetOf( app.secrets, app.db, channel ).catch( () => null );
	const { allowedPrivateRanges } = app.config;
	const outgoing = { id: channel.id, message: testMessage( '', new Date() ) };
	const { answer } = target
		? await heartbeat.send( target as Sealed< 'heartbeat' >, outgoing, { allowedPrivateRanges, ...options } )
		: { answer: 'no_target' };
	await noteOutcome( app.db, channel.id, answer === null );
}
