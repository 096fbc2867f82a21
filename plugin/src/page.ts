import type { Permission, ServerSummary, ServerView, SuppliedAddress } from '@email-gateway/shared';

/** A default value that the environment or wp-config.php sets, and that nobody changes here. */
export interface FixedDefault {
	/** Of the variable or constant. */
	name: string;
	from: 'environment' | 'constant';
	/** null for the password. */
	value: string | null;
}

export type { SuppliedAddress };

/** What PHP prints before our scripts: who looks at which server. Never a secret. */
export interface Page {
	/** What this person may do with this server (on the settings page: with this site). */
	may: Permission[];
	serverId: number | null;
	/** For who may change the connection, where another plugin keeps it; null where people say it here. */
	address: SuppliedAddress | null;
	/** On the screen of a server: whether it is this person's own. */
	ownsServer: boolean;
	paired: boolean;
	/** Of the backend this site is paired with, for who may pair it. */
	backendUrl: string | null;
	settingsUrl: string;
	/** Of the Mail Log of all servers. */
	mailLogUrl: string;
	currentUserMail: string;
	siteDomain: string;
	version: string;
	/** By the name of the field; on the settings page of those who may manage the defaults. */
	fixedDefaults: Partial< Record< string, FixedDefault > >;
	/** Beside WPCloudDeploy: its name, which a shop may have changed. */
	panelName: string;
	/** On the settings page beside WPCloudDeploy, for who may import from it. */
	wpcdImport: boolean;
	/** On the settings page of who manages the site: WPCloudDeploy keeps the servers. */
	hasPanel: boolean;
	/** There, which of `servers` are connected; null where the backend did not tell. */
	connected: number[] | null;
	/** On the settings page of who manages the site, the newest hundred servers; in the Mail Log, those of which it is shown. */
	servers: { id: number; name: string }[];
	/** On the screen of a server: what the backend told of it; null where it did not answer in time. */
	view: ServerView | null;
	/** In the list of servers: what the backend told of its rows; null where it was not asked, or did not answer. */
	rows: ServerSummary[] | null;
	/** On the same page: whether servers are kept here, and this person may add one. */
	mayAddServers: boolean;
	/** Beside WooCommerce, on the same page: names of the roles that see Load Defaults now. */
	shop: { seeLoadDefaults: string[]; customersSeeIt: boolean } | null;
}

declare global {
	interface Window {
		emailGateway?: Partial< Page >;
	}
}

/** The page as PHP described it; what is missing counts as not allowed and not paired. */
export function thisPage(): Page {
	return {
		may: [],
		serverId: null,
		address: null,
		ownsServer: false,
		paired: false,
		backendUrl: null,
		settingsUrl: '',
		mailLogUrl: '',
		currentUserMail: '',
		siteDomain: '',
		version: '',
		fixedDefaults: {},
		panelName: 'WPCloudDeploy',
		wpcdImport: false,
		hasPanel: false,
		connected: null,
		servers: [],
		view: null,
		rows: null,
		mayAddServers: false,
		shop: null,
		...window.emailGateway,
	};
}

/** What has changed on the page since PHP printed it. */
export function changePage( change: Partial< Page > ): void {
	window.emailGateway = { ...window.emailGateway, ...change };
}

export function may( permission: Permission ): boolean {
	return thisPage().may.includes( permission );
}
