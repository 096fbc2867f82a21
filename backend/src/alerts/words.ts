import type { AlertMessage, AlertReason, AlertTrouble } from '@email-gateway/shared';
import { backupText, manyOnBackup, overBackupText } from './backup-words.ts';
import { limitText, overCapText } from './cap-words.ts';
import { channelNames } from './channel-names.ts';
import { clockText } from './clock-words.ts';
import { duration } from './duration.ts';
import type { IncidentDetail } from '../db/alert-tables.ts';
import { linkToServer } from './headline.ts';
import { roomText } from './room-words.ts';
import { unreachableText } from './unreachable-words.ts';
import { waitingText } from './waiting-words.ts';

/** What words need of an incident that is of one server; nothing in it that its reader is not shown. */
export interface OfOne {
	host: string;
	reasons: readonly AlertReason[];
	detail: Pick<
		IncidentDetail,
		| 'user'
		| 'messages'
		| 'usual'
		| 'refused'
		| 'held'
		| 'first'
		| 'cap'
		| 'provider'
		| 'expiresAt'
		| 'channel'
		| 'reason'
		| ( 'why' | 'twice' | 'unaligned' | 'oldestS' | 'room' | 'aheadS' | 'exposed' )
	>;
}

const site = ( { user }: OfOne[ 'detail' ] ) => ( user ? `The site of the user ${ user }` : 'A site' );
const day = ( iso: string | undefined ) => ( iso ? iso.slice( 0, 10 ) : 'soon' );
const expiry = ( { host, detail }: OfOne ) =>
	`The certificate of the provider that ${ host } uses expires on ${ day( detail.expiresAt ) }.`;

/** What happened and what to do, for a person who was just woken. English: a channel has no language of its reader. */
const sentences: Record< AlertTrouble, ( of: OfOne ) => string > = {
	waiting: ( { host, reasons, detail } ) => waitingText( host, reasons, detail.oldestS ),
	refused: ( { host, reasons, detail } ) => waitingText( host, reasons, detail.oldestS ),
	changed: ( { host, detail } ) =>
		`The mail configuration on ${ host } was changed by hand. Press Repair… on its screen to see what differs and to set it back; where that button is missing, press Reinstall Email Gateway.${
			detail.exposed
				? ' Others on the server could read a password of the gateway: change it at the provider, and wherever it is saved.'
				: ''
		}`,
	stopped: ( { host } ) =>
		`The mail relay on ${ host } has stopped. Mail waits on the server. Press Reinstall Email Gateway to start it again.`,
	replaced: ( { host } ) =>
		`Another mail system has taken the gateway’s place on ${ host }. Press Reinstall Email Gateway to put the gateway back.`,
	unreachable: ( { host, detail } ) => unreachableText( host, detail.reason ),
	unfinished: ( { host } ) => `A change on ${ host } did not finish. Press Reinstall Email Gateway to complete it.`,
	not_checked: ( { host } ) =>
		`${ host } was not checked for more than half an hour. If another plugin keeps its connection, check that the cron of WordPress runs. Else check that a worker of the backend runs.`,
	certificate: ( of ) =>
		`${ expiry( of ) } Only the provider can renew it. If it does not, no mail leaves after that day.`,
	certificate_soon: ( of ) =>
		`${ expiry( of ) } No mail leaves after that day. Ask the provider to renew it, or choose another provider.`,
	many_refused: ( { host, detail } ) =>
		`${ site( detail ) } on ${ host } has ${ detail.refused ?? 'many' } of ${
			detail.messages ?? 'its'
		} messages of the last hour refused. Open the Mail Log of the server to see why.`,
	unusually_many: ( { host, detail } ) =>
		`${ site( detail ) } on ${ host } sent ${ detail.messages ?? 'many' } messages within an hour, and ${
			detail.usual ?? 'far fewer'
		} are usual. It may have been hacked, or sends a newsletter. Open the Mail Log of the server to see what it sends.`,
	fell_silent: ( { host, detail } ) =>
		`${ site(
			detail
		) } on ${ host } sent messages every day of the last week, and none for a day. Check that the site works, and send a message from it.`,
	disk_low: roomText,
	clock_wrong: clockText,
	over_cap: overCapText,
	on_backup: backupText,
	account_limit: ( { detail } ) => limitText( detail ),
	account_limit_soon: ( { detail } ) =>
		`${ limitText( detail ) } At the limit the provider refuses mail, and it waits on the servers.`,
	channel_failed: ( { detail } ) =>
		`Alerts no longer reach ${ channelName( detail.channel ) }. Open ${
			detail.channel?.owner === undefined
				? 'Settings → Email Gateway → Alerts'
				: 'Alerts on the screen of a server'
		}, correct it, and press Send a Test Alert.`,
};

const channelName = ( channel: IncidentDetail[ 'channel' ] ) =>
	channel
		? channel.name === ''
			? channelNames[ channel.kind ]
			: `${ channel.name } (${ channelNames[ channel.kind ] })`
		: 'a channel';

export const openedText = ( trouble: AlertTrouble, of: OfOne ): string => sentences[ trouble ]( of );

/**
 * Of several servers with one provider or account. That something is wrong at the provider is said by its name only where
 * servers of two owners say so: what those of one say is no evidence.
 */
export function manyText(
	trouble: AlertTrouble,
	{ servers, waiting, provider, isConfirmed, isAccount, isOfRoutes = false }: Many
): string {
	if ( trouble === 'on_backup' ) {
		return manyOnBackup( servers, isOfRoutes );
	}
	const at = provider ?? 'their provider';
	const amount = waiting === null ? 'Mail' : waiting === 1 ? '1 message' : `${ waiting } messages`;
	const wait = waiting === 1 || waiting === null ? 'waits' : 'wait';
	if ( trouble === 'certificate' || trouble === 'certificate_soon' ) {
		return `The certificate of ${ at } expires soon; ${ servers } servers use it. Only the provider can renew it.`;
	}
	if ( isAccount ) {
		return `${ amount } ${ wait } on ${ servers } servers. Nothing is lost. ${ at } refuses the account that they share. Its owner can fix this; open a server to see how.`;
	}
	return isConfirmed
		? `${ amount } ${ wait } on ${ servers } servers. Nothing is lost. Something is wrong at ${ at }. The servers keep trying.`
		: `${ amount } ${ wait } on ${ servers } servers. Nothing is lost. They report trouble at ${ at }. The servers keep trying; open one to see what it says.`;
}

export interface Many {
	servers: number;
	waiting: number | null;
	/** Null where it is not shown. */
	provider: string | null;
	isConfirmed: boolean;
	isAccount: boolean;
	/** It is about routes, not about the servers' own accounts. */
	isOfRoutes?: boolean;
}

/** `delivered`: messages that had waited and were accepted since it began; null: not known. */
export function overText(
	about: string,
	{ durationMs, delivered, trouble }: { durationMs: number; delivered: number | null; trouble: AlertTrouble }
): string {
	const after = `after ${ duration( durationMs ) }`;
	if ( trouble === 'on_backup' ) {
		return overBackupText( about, after, delivered );
	}
	const what = endings[ trouble ]?.( about, after ) ?? `${ about } works again, ${ after }.`;
	const went =
		delivered === null || delivered === 0
			? ''
			: delivered === 1
			? ' 1 message that waited was accepted by the provider.'
			: ` ${ delivered } messages that waited were accepted by the provider.`;
	return `${ what }${ went } Nothing needs to be done.`;
}

const endings: Partial< Record< AlertTrouble, ( about: string, after: string ) => string > > = {
	not_checked: ( about, after ) => `${ about } is checked again, ${ after }.`,
	certificate: ( about ) => `The certificate of the provider that ${ about } uses was renewed.`,
	certificate_soon: ( about ) => `The certificate of the provider that ${ about } uses was renewed.`,
	many_refused: ( about, after ) => `A site on ${ about } has few messages refused again, ${ after }.`,
	unusually_many: ( about, after ) => `A site on ${ about } sends as much as usual again, ${ after }.`,
	disk_low: ( about, after ) => `There is room for mail on ${ about } again, ${ after }.`,
	clock_wrong: ( about, after ) => `The clock of ${ about } is right again, ${ after }.`,
	over_cap: ( about, after ) => `A site on ${ about } is within its cap again, ${ after }.`,
	account_limit: () => 'A new day has begun for an account that was near its limit.',
	account_limit_soon: () => 'A new day has begun for an account that was near its limit.',
	fell_silent: ( about, after ) => `A site on ${ about } sends messages again, ${ after }.`,
	channel_failed: ( _about, after ) => `Alerts arrive there again, ${ after }.`,
};

/** An alert that only shows that alerts arrive. */
export const testMessage = ( url: string, at: Date ): AlertMessage => ( {
	...{ version: 1, kind: 'test', incident: 'test', at: at.toISOString(), site: url },
	...{ server: null, servers: [], provider: null, trouble: null, since: null, waiting: null, delivered: null },
	oldestS: null,
	reasons: [],
	text: 'This is a test alert from Email Gateway. Alerts reach you here.',
} );

/** The same for an owner, who goes on at one of their servers (post id). */
export const ownTestMessage = ( url: string, serverId: number, at: Date ): AlertMessage => ( {
	...testMessage( url, at ),
	link: linkToServer( url, serverId ),
} );
