/** What the provider does wrong on demand; an empty object is a provider in good health. */
export type Faults = {
	/** Waits this long before each reply: the greeting, every command's, a message's. */
	replyDelayMs?: number;
	/** A whole reply, such as `550 5.7.1 Sender not verified`, instead of accepting the sender. */
	refuseMailFrom?: string;
	refuseRcpt?: string;
	/** Refuses every recipient for now, as greylisting does. */
	tempRcpt?: boolean;
	/** Refuses every sign-in for now, whatever the password. */
	auth454?: boolean;
	/** Takes the whole message, then drops the connection without an answer. */
	dropAfterData?: boolean;
	/** Listens on no port. */
	down?: boolean;
	/** The lab's resolver answers nobody. */
	resolverDown?: boolean;
};

const faultTypes: Record< keyof Faults, 'number' | 'string' | 'boolean' > = {
	replyDelayMs: 'number',
	refuseMailFrom: 'string',
	refuseRcpt: 'string',
	tempRcpt: 'boolean',
	auth454: 'boolean',
	dropAfterData: 'boolean',
	down: 'boolean',
	resolverDown: 'boolean',
};

/**
 * Reads the faults that somebody asks for.
 *
 * @throws Error that names the first unknown or wrong field
 */
export function parseFaults( input: unknown ): Faults {
	if ( typeof input !== 'object' || input === null || Array.isArray( input ) ) {
		throw new Error( 'Faults are an object.' );
	}
	for ( const [ name, value ] of Object.entries( input ) ) {
		if ( ! Object.hasOwn( faultTypes, name ) || typeof value !== faultTypes[ name as keyof Faults ] ) {
			throw new Error( `No such fault: ${ name }` );
		}
		const isReply = typeof value === 'string';
		if ( isReply && ! /^[45]\d\d [\x20-\x7e]+$/.test( value ) ) {
			throw new Error( `${ name } must be one reply line such as "550 5.7.1 Refused".` );
		}
	}
	return input;
}

/** A refusal as smtp-server wants it: the code apart from the text. */
export function replyError( reply: string ): Error {
	const error = new Error( reply.slice( 4 ) );
	return Object.assign( error, { responseCode: Number( reply.slice( 0, 3 ) ) } );
}
