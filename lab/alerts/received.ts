/** One alert that came, or that was refused because something about it was wrong. */
export interface Received {
	/** ISO time. */
	at: string;
	channel: 'webhook' | 'email';
	/** Path and query of the webhook; the recipients of an e-mail. */
	to: string;
	/** What one may tell apart tries by: `webhook-id` or Message-ID; empty where there is none. */
	id: string;
	/** Names in small letters. */
	headers: Record< string, string >;
	/** The webhook's JSON. */
	body: unknown;
	/** An e-mail's subject and texts. */
	subject: string | null;
	text: string | null;
	html: string | null;
	/** Why it was answered with an error, in words; null where it was taken. */
	refused: string | null;
}

/** The oldest go first: a receiver that is forgotten must not fill memory. */
const kept = 2000;

export interface ReceivedAlerts {
	add( alert: Omit< Received, 'at' > ): void;
	/** Newest first. */
	list(): readonly Received[];
	/** Whether one with this id was taken. */
	has( id: string ): boolean;
	clear(): void;
}

export function receivedAlerts(): ReceivedAlerts {
	let all: Received[] = [];
	return {
		add( alert ) {
			all = [ { at: new Date().toISOString(), ...alert }, ...all ].slice( 0, kept );
		},
		list: () => all,
		has: ( id ) => all.some( ( one ) => one.id === id && one.refused === null ),
		clear() {
			all = [];
		},
	};
}
