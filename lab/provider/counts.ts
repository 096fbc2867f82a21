/** What clients have tried: a sign-in that is refused counts as one that is not. */
export type Counts = { connections: number; logins: number; mails: number };

/** When one account was tried, ms since the epoch. */
export type Tries = { loginsMs: number[]; mailsMs: number[] };

export type Counter = {
	count: ( what: keyof Counts ) => void;
	/** The same for what is known to be one account's. */
	countFor: ( user: string, what: 'logins' | 'mails' ) => void;
	soFar: () => Counts;
	triesOf: ( user: string ) => Tries;
	reset: () => void;
};

/** Counts until it is reset. */
export function makeCounter(): Counter {
	const none = (): Counts => ( { connections: 0, logins: 0, mails: 0 } );
	let counts = none();
	let tries = new Map< string, Tries >();
	const count = ( what: keyof Counts ) => void counts[ what ]++;
	const triesOf = ( user: string ) => tries.get( user ) ?? { loginsMs: [], mailsMs: [] };
	return {
		count,
		countFor( user, what ) {
			count( what );
			const ofUser = triesOf( user );
			ofUser[ `${ what }Ms` ].push( Date.now() );
			tries.set( user, ofUser );
		},
		soFar: () => ( { ...counts } ),
		triesOf,
		reset() {
			counts = none();
			tries = new Map();
		},
	};
}
