import type { OfAccount } from '../db/settings.ts';
import type {
	CapChoice,
	GatewaySettings,
	HeldChoice,
	OlderMail,
	PauseKind,
	QueueAction,
	SandboxRules,
	SwitchReason,
	WithoutRoute,
} from '@email-gateway/shared';

/** What a job remembers of who asked. */
export interface JobActor {
	login: string;
	/** Where mail for root goes unless the settings name another address; see siteAdminMailOf. */
	siteAdminMail?: string;
	/** As jobs of before 0.2.0 call it: a job is proved as it was written (db/genuine.ts), so they keep the name. */
	mail?: string;
	administrator: boolean;
	/** Is shown the defaults. Absent in jobs from before it was kept. */
	seesDefaults?: boolean;
}

export interface ToBackup {
	to: 'backup';
	why: SwitchReason;
	from: number;
}

/** A route goes over to its backup, or back. */
export type RouteSwitch = { to: 'backup'; why: SwitchReason } | { to: 'first' };

/** What signs in for a route, beside its password. `account`: the saved one that it was taken from; absent in older jobs. */
interface SignIn extends Pick< GatewaySettings, 'smtpServer' | 'smtpPort' | 'userName' > {
	account?: OfAccount | null;
}

/** As whom a test email is sent. */
export interface TestedUser {
	uid: number;
	user: string;
	/** That its route has, which not everybody is shown. */
	account: OfAccount | null;
}

/** Whose side doors may be closed. */
export interface ClosableUser {
	uid: number;
	user: string | null;
}

/** What was asked, by ids and plain values; never a secret. */
export type JobRequest =
	| { verb: 'check_connection' }
	| {
			verb: 'preview_changes';
			settings: GatewaySettings;
			consents: string[];
			siteUrl: string;
			/** The password is that of an account, so the settings are the account's. Named as before there were accounts, see `mail`. */
			withDefaults: boolean;
			passwordTyped?: boolean;
	  }
	| {
			verb: 'check_settings';
			settings: GatewaySettings;
			withDefaults: boolean;
			/** What is checked is what is saved of it: it is proved where its provider lets it in. */
			account?: OfAccount;
	  }
	| { verb: 'find_settings'; address: string }
	| {
			verb: 'install_gateway';
			version: number;
			consents: string[];
			siteUrl: string;
			passwordTyped?: boolean;
			/** It changes the account by which the server sends. `from`: the version that is installed before. */
			backup?: ToBackup | { to: 'first' };
	  }
	/** `as`: a Unix user, and the saved account of its route. */
	| { verb: 'send_test_email'; from: string; to: string; siteName: string; as?: TestedUser }
	| { verb: 'deliver_waiting_mail'; older: OlderMail }
	| { verb: 'deliver_former_mail' }
	| { verb: 'read_queue' }
	| { verb: 'change_queue'; action: QueueAction; ids: string[] }
	| { verb: 'pause_site'; uid: number; user: string | null; how: PauseKind }
	/** `uid` null: of all who have no cap of their own. */
	| { verb: 'cap_site'; uid: number | null; user: string | null; cap: CapChoice }
	/** Of exactly these. */
	| { verb: 'preview_doors'; users: ClosableUser[] }
	| { verb: 'change_doors'; users: ClosableUser[] }
	| { verb: 'resume_site'; uid: number; user: string | null; held: HeldChoice }
	| { verb: 'preview_sandbox'; rules: SandboxRules }
	| ( { verb: 'check_route'; user: string; senders: string[] } & SignIn )
	| ( {
			verb: 'set_route';
			uid: number;
			user: string;
			senders: string[];
			sendAs?: string | null;
			/** It changes the account by which the route sends, and nothing else of it. */
			backup?: RouteSwitch;
	  } & SignIn )
	/** Gives the routes of a saved account its values of now. */
	| ( { verb: 'update_routes' } & SignIn & { account: OfAccount } )
	| { verb: 'remove_route'; uid: number; user: string }
	| { verb: 'route_others'; without: WithoutRoute }
	| { verb: 'turn_on_sandbox'; rules: SandboxRules }
	| { verb: 'turn_off_sandbox'; held: HeldChoice }
	| { verb: 'remove_gateway'; waitingMail: 'refuse' | 'save' };

/** The site's administrator at the time of asking; may be empty. */
export const siteAdminMailOf = ( { siteAdminMail, mail }: JobActor ): string => siteAdminMail ?? mail ?? '';
