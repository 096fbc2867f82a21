import type { GatewaySettings } from '@email-gateway/shared';
import type { Json, Time } from './tables.ts';

/** An account at a provider. */
export interface AccountTable {
	id: string;
	siteId: string;
	name: string;
	/** What new servers are offered: one of a site. */
	isDefault: boolean;
	/** Counts the changes of settings and password. */
	version: number;
	settings: Json< AccountSettings >;
	/** Messages that the provider takes in a day; null: not known. */
	dailyLimit: number | null;
	at: Time;
	by: string;
	/** When its provider last let it in with these settings and this password; null: not yet. */
	provedAt: Time | null;
	provedBy: 'sign_in' | 'test_email' | null;
}
/** Which saved account a route of a server has. */
export interface RouteAccountTable {
	/** Id of the server's row. */
	server: string;
	uid: number;
	/** The Unix user. */
	user: string;
	account: string;
	accountVersion: number;
}
export type AccountSettings = Pick<
	GatewaySettings,
	'smtpServer' | 'smtpPort' | 'userName' | 'sendingDomain' | 'note'
>;
