/** What clients have tried: a sign-in that is refused counts as one that is not. */
export type Counts = { connections: number; logins: number; mails: number };

export type Counter = { count: ( what: keyof Counts ) => void; soFar: () => Counts; reset: () => void };

/** Counts until it is reset. */
export function makeCounter(): Counter {
	let counts: Counts = { connections: 0, logins: 0, mails: 0 };
	return {
		count: ( what ) => void counts[ what ]++,
		soFar: () => ( { ...counts } ),
		reset: () => void ( counts = { connections: 0, logins: 0, mails: 0 } ),
	};
}
