import { setTimeout as sleep } from 'node:timers/promises';
import type { SMTPServer, SMTPServerSession } from 'smtp-server';
import { replyError, type Faults, type Stage } from './faults.ts';

/** What smtp-server knows of one connection; its types name none of it. */
type Connection = {
	id: string;
	close: () => void;
	_onCommand: ( command: Buffer, next: () => void ) => void;
	send: ( code: number, text: string, context?: false ) => void;
} & Record< `handler_${ string }`, ( command: unknown, done: () => void ) => void >;

/** Commands that smtp-server answers without asking anybody. */
const unasked = { EHLO: 'ehlo', STARTTLS: 'starttls', DATA: 'data' } as const;

/** `@example.org` of an address; the whole text where it has none. */
export const domainOf = ( address: string ): string => address.slice( Math.max( 0, address.lastIndexOf( '@' ) ) );

const never = new Promise< never >( () => {} );

/**
 * What the provider does at a stage instead of going on.
 *
 * @return null when it goes on, or its refusal; never when it hangs up or says nothing more
 */
export async function misbehave(
	stage: Stage,
	{
		faults,
		server,
		session,
		user = session.user,
		recipient = session.envelope.rcptTo[ 0 ]?.address,
	}: {
		faults: Faults;
		server: SMTPServer;
		session: SMTPServerSession;
		user?: string | undefined;
		recipient?: string | undefined;
	}
): Promise< ReturnType< typeof replyError > | null > {
	// every other stage is a command, which waited before it was looked at
	if ( stage === 'greeting' || stage === 'message' ) {
		await sleep( faults.replyDelayMs ?? 0 );
	}
	if ( stage === 'greeting' ) {
		await sleep( faults.greetingDelayMs ?? 0 );
	}
	const answer =
		faults.atRecipient?.[ recipient ?? '' ]?.[ stage ] ??
		faults.atRecipient?.[ domainOf( recipient ?? '' ) ]?.[ stage ] ??
		faults.atAccount?.[ String( user ?? '' ) ]?.[ stage ] ??
		faults.at?.[ stage ];
	if ( answer === undefined ) {
		return null;
	}
	if ( answer === 'drop' ) {
		connectionOf( server, session )?.close();
	}
	return answer === 'drop' || answer === 'silence' ? never : replyError( answer );
}

/** Lets the faults count for the commands that smtp-server answers by itself, too; once for each connection. */
export function watchCommands( server: SMTPServer, session: SMTPServerSession, faults: () => Faults ): void {
	const connection = connectionOf( server, session );
	if ( ! connection ) {
		return;
	}
	// As a provider far away: what came in one piece (PIPELINING) is answered together. smtp-server hands on the next
	// command of a piece within the call that says it is done with the one before.
	const onCommand = connection._onCommand;
	let cameTogether = false;
	connection._onCommand = ( command, next ) => {
		const goOn = () =>
			onCommand.call( connection, command, () => {
				cameTogether = true;
				next();
				cameTogether = false;
			} );
		void ( cameTogether ? goOn() : sleep( faults().replyDelayMs ?? 0 ).then( goOn ) );
	};
	for ( const [ command, stage ] of Object.entries( unasked ) ) {
		const usual = connection[ `handler_${ command }` ]?.bind( connection );
		connection[ `handler_${ command }` ] = async ( line, done ) => {
			const refusal = await misbehave( stage, { faults: faults(), server, session } );
			if ( refusal === null ) {
				usual?.( line, done );
				return;
			}
			connection.send( refusal.responseCode, refusal.message, false );
			done();
		};
	}
}

function connectionOf( server: SMTPServer, { id }: SMTPServerSession ): Connection | undefined {
	const { connections } = server as unknown as { connections: Set< Connection > };
	return [ ...connections ].find( ( connection ) => connection.id === id );
}
