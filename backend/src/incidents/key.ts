import type { AlertReason, AlertTrouble } from '@email-gateway/shared';

/** What a trouble is about: everything with the same topic is told together. */
export type Topic =
	| { of: 'server'; server: string; kind: string }
	/** A host of a provider. */
	| { of: 'provider'; host: string }
	| { of: 'account'; host: string; userName: string }
	| { of: 'certificate'; host: string; trouble: string }
	| { of: 'channel'; channel: string };

/**
 * What mail that waits or is refused is about: the provider where it is the provider's matter, the account where it is the
 * login's or the account's, else this server. Servers with the same are told in one alert, to whom they belong.
 *
 * @param settings by which account that mail leaves; null: not known
 */
export function topicOf(
	trouble: AlertTrouble,
	{
		server,
		reasons,
		settings,
	}: {
		server: string;
		reasons: readonly Pick< AlertReason, 'whose' >[];
		settings: { smtpServer: string; userName: string } | null;
	}
): Topic {
	const whose = trouble === 'waiting' || trouble === 'refused' ? reasons[ 0 ]?.whose : null;
	if ( settings && whose === 'provider' ) {
		return { of: 'provider', host: settings.smtpServer };
	}
	if ( settings && ( whose === 'login' || whose === 'account' ) ) {
		return { of: 'account', host: settings.smtpServer, userName: settings.userName };
	}
	return { of: 'server', server, kind: 'gateway' };
}

/** The same text for the same topic; names a host or a user, so it is told to nobody but as a keyed digest. */
export const topicText = ( topic: Topic ): string => JSON.stringify( topic, Object.keys( topic ).sort() );
