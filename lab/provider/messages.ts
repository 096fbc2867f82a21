import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A message as the provider received it. */
export type Message = {
	/** What the provider called it in its reply to the sender. */
	id: string;
	/** Envelope sender; empty for bounce notices. */
	from: string;
	/** Envelope recipients. */
	to: string[];
	subject: string;
	authUser: string;
	/** TLS version of the connection, such as `TLSv1.3`; null when it was in the clear. */
	tls: string | null;
	/** ISO 8601, UTC. */
	receivedAt: string;
	/** The whole message, headers and body, as UTF-8. */
	raw: string;
};

/** More than the benchmarks need; the oldest go first. */
const keptMessages = 5000;

export type Messages = {
	add: ( message: Message ) => void;
	/** Newest first. */
	list: () => readonly Message[];
	clear: () => void;
};

/** Opens the folder of received messages, one file each, so that they survive a restart. */
export function openMessages( folder: string ): Messages {
	mkdirSync( folder, { recursive: true, mode: 0o700 } );
	const fileOf = ( { receivedAt, id }: Message ) =>
		join( folder, `${ receivedAt.replaceAll( ':', '-' ) }-${ id }.json` );
	let messages: Message[] = readdirSync( folder )
		.filter( ( name ) => name.endsWith( '.json' ) )
		.sort()
		.reverse()
		.map( ( name ) => JSON.parse( readFileSync( join( folder, name ), 'utf8' ) ) );
	return {
		add( message ) {
			const file = fileOf( message );
			writeFileSync( `${ file }.new`, JSON.stringify( message ), { mode: 0o600 } );
			renameSync( `${ file }.new`, file );
			messages = [ message, ...messages ];
			messages.slice( keptMessages ).forEach( ( old ) => rmSync( fileOf( old ), { force: true } ) );
			messages = messages.slice( 0, keptMessages );
		},
		list: () => messages,
		clear() {
			messages.forEach( ( message ) => rmSync( fileOf( message ), { force: true } ) );
			messages = [];
		},
	};
}
