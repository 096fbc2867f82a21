import { logGrammar } from './log-grammar.ts';

/** One line of Postfix's log file, taken apart. */
export interface LogLine {
	/** Name of the daemon: `smtp`, `tlsproxy`, `cleanup`, … */
	service: string;
	/** Null where the line tells of a connection or of the daemon itself. */
	queueId: string | null;
	/** What follows the daemon's name, and the queue id where there is one. */
	text: string;
}

/** The line with which smtp(8), error(8) or another delivery agent ends one try for one recipient. */
export interface Delivery {
	service: string;
	/** `host[address]:port`; null for `none`. */
	relay: string | null;
	/** Seconds from the arrival of the message to the end of this try, in milliseconds. */
	delayMs: number;
	/** RFC 3463 code, e.g. `4.7.8`. */
	dsn: string | null;
	/** `sent`, `deferred`, `bounced`, `expired`, … */
	status: string;
	/** What stands in the brackets: Postfix's or the provider's words. */
	reason: string;
	/** True where an open connection was used again, so that its TLS line stands further up or in no place at all. */
	reusedConnection: boolean;
}

const queueIdPattern = new RegExp( `^${ logGrammar.queueId }: ` );
const head = new RegExp( logGrammar.head );

/** Whether a word may be the id of a message in Postfix's queue. */
export const isQueueId = ( word: string ): boolean => queueIdPattern.test( `${ word }: ` ) && /^\w{6,64}$/.test( word );

/** Takes a line apart; null where it is none of Postfix's. */
export function parseLine( line: string ): LogLine | null {
	const [ prefix, service ] = head.exec( line ) ?? [];
	if ( prefix === undefined || service === undefined ) {
		return null;
	}
	const text = line.slice( prefix.length );
	const queueId = queueIdPattern.exec( text )?.[ 1 ] ?? null;
	return { service, queueId, text: queueId === null ? text : text.slice( queueId.length + 2 ) };
}

/**
 * Reads a delivery to exactly this recipient; null for every other line. A Message-ID, a recipient and a reply can each
 * contain `status=sent (250 …)`: what counts is the address at its exact place, and the first ` status=` after it.
 */
export const parseDelivery = ( line: LogLine, to: string ): Delivery | null =>
	deliveryOf( line, ( before ) => recipientAttributes( before, to ) );

/** The same where the recipient is not known before. */
export const parseDeliveryToAnyone = ( line: LogLine ): Delivery | null =>
	deliveryOf( line, ( before ) => {
		const [ whole ] = /^to=<[^>]*>, (orig_to=<[^>]*>, )?/.exec( before ) ?? [];
		return whole === undefined ? null : attributesOf( before.slice( whole.length ) );
	} );

function deliveryOf(
	{ service, text }: LogLine,
	attributesIn: ( before: string ) => string[] | null
): Delivery | null {
	const [ before = '', ...rest ] = text.split( ' status=' );
	const attributes = attributesIn( before );
	// Postfix cuts a long line anywhere: what became of the message stands before that. Soft bounces are in capitals
	const [ , status, reason ] = /^([A-Za-z-]+) \((.*?)\)?$/s.exec( rest.join( ' status=' ) ) ?? [];
	if ( attributes === null || status === undefined || reason === undefined ) {
		return null;
	}
	// unknown attributes, such as `tls=` since 3.11, do no harm
	const values = new Map(
		attributes.map( ( pair ) => [ pair.slice( 0, pair.indexOf( '=' ) ), pair.slice( pair.indexOf( '=' ) + 1 ) ] )
	);
	const relay = values.get( 'relay' ) ?? 'none';
	const delay = Number( values.get( 'delay' ) ?? 0 );
	return {
		service,
		relay: relay === 'none' ? null : relay,
		delayMs: Number.isFinite( delay ) ? Math.round( delay * 1000 ) : 0,
		dsn: values.get( 'dsn' ) ?? null,
		status,
		reason,
		reusedConnection: values.has( 'conn_use' ),
	};
}

/** As Postfix logs an address: with quotes around a local part that is no dot-atom. */
const quoted = ( to: string ) => `"${ to.slice( 0, to.lastIndexOf( '@' ) ) }"${ to.slice( to.lastIndexOf( '@' ) ) }`;

const recipientAttributes = ( before: string, to: string ) =>
	attributesFor( before, to ) ?? attributesFor( before, quoted( to ) );

function attributesFor( before: string, to: string ): string[] | null {
	if ( before.startsWith( `to=<${ to }>, ` ) ) {
		return attributesOf( before.slice( to.length + 7 ) );
	}
	// an address of the server itself is delivered to whom it was mapped to
	const original = `>, orig_to=<${ to }>, `;
	const at = before.indexOf( original );
	return before.startsWith( 'to=<' ) && at > 0 ? attributesOf( before.slice( at + original.length ) ) : null;
}

const attributesOf = ( text: string ) => text.replace( /,$/, '' ).split( ', ' );
