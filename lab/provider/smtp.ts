import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Accounts } from './accounts.ts';
import { replyError, type Faults } from './faults.ts';
import type { Messages } from './messages.ts';

const maxMessageBytes = 25 * 1024 * 1024;

export type ProviderState = {
	/** The name in the greeting and in the certificate. */
	name: string;
	accounts: Accounts;
	messages: Messages;
	faults: () => Faults;
	certificate: () => { cert: Buffer; key: Buffer };
};

/**
 * Makes one SMTP server of the provider; the caller lets it listen.
 *
 * @param tls `starttls` as on port 587, `implicit` as on port 465
 */
export function makeSmtpServer( state: ProviderState, tls: 'starttls' | 'implicit' ): SMTPServer {
	const { accounts, messages, faults } = state;
	const delayed = async () => {
		await sleep( faults().replyDelayMs ?? 0 );
	};
	const options: SMTPServerOptions = {
		...state.certificate(),
		name: state.name,
		banner: 'Email Gateway lab provider',
		secure: tls === 'implicit',
		size: maxMessageBytes,
		authMethods: [ 'PLAIN', 'LOGIN' ],
		// Its replies get their enhanced codes here, so that each reads as real providers write it.
		...( { hideENHANCEDSTATUSCODES: true } as object ),
		disableReverseLookup: true,
		closeTimeout: 1000,
		logger: false,
		async onConnect( session, done ) {
			await delayed();
			delayCommands( server, session, delayed );
			done();
		},
		async onAuth( { username, password }, _session, done ) {
			if ( faults().auth454 ) {
				done( replyError( '454 4.7.0 Temporary authentication failure' ) );
				return;
			}
			if ( ! username || ! accounts.accepts( username, password ?? '' ) ) {
				done( replyError( '535 5.7.8 Error: authentication failed' ) );
				return;
			}
			done( null, { user: username } );
		},
		async onMailFrom( _address, _session, done ) {
			const { refuseMailFrom } = faults();
			done( refuseMailFrom ? replyError( refuseMailFrom ) : null );
		},
		async onRcptTo( _address, _session, done ) {
			const { refuseRcpt, tempRcpt } = faults();
			const refusal = refuseRcpt ?? ( tempRcpt ? '450 4.7.1 Greylisted, try again later' : undefined );
			done( refusal ? replyError( refusal ) : null );
		},
		async onData( stream, session, done ) {
			const chunks: Buffer[] = [];
			for await ( const chunk of stream ) {
				chunks.push( chunk );
			}
			await delayed();
			if ( stream.sizeExceeded ) {
				done( replyError( '552 5.3.4 Message too big' ) );
				return;
			}
			if ( faults().dropAfterData ) {
				drop( server, session );
				return;
			}
			const id = randomBytes( 5 ).toString( 'hex' ).toUpperCase();
			messages.add( { id, ...( await describe( session, Buffer.concat( chunks ) ) ) } );
			done( null, `2.0.0 Ok: queued as ${ id }` );
		},
	};
	const server = new SMTPServer( options );
	// A client that goes away in the middle is no fault of the provider.
	server.on( 'error', ( error ) => console.error( error.message ) );
	return server;
}

async function describe( session: SMTPServerSession, raw: Buffer ) {
	const { mailFrom, rcptTo } = session.envelope;
	const { subject = '' } = await simpleParser( raw, { skipTextToHtml: true, skipImageLinks: true } );
	const cipher = session.tlsOptions as unknown as { version?: string } | false;
	return {
		from: mailFrom ? mailFrom.address : '',
		to: rcptTo.map( ( { address } ) => address ),
		subject,
		authUser: String( session.user ?? '' ),
		tls: ( cipher && cipher.version ) || null,
		receivedAt: new Date().toISOString(),
		raw: raw.toString( 'utf8' ),
	};
}

/** What smtp-server has no option for. */
interface Connection {
	id: string;
	close(): void;
	_onCommand( command: Buffer, next: () => void ): void;
}

function connectionOf( server: SMTPServer, { id }: SMTPServerSession ): Connection | undefined {
	const { connections } = server as unknown as { connections: Set< Connection > };
	return [ ...connections ].find( ( connection ) => connection.id === id );
}

/** Every command waits its turn and then the delay, also those that came together with others. */
function delayCommands( server: SMTPServer, session: SMTPServerSession, delayed: () => Promise< void > ) {
	const connection = connectionOf( server, session );
	const onCommand = connection?._onCommand;
	if ( connection && onCommand ) {
		connection._onCommand = ( ...command ) => void delayed().then( () => onCommand.apply( connection, command ) );
	}
}

function drop( server: SMTPServer, session: SMTPServerSession ) {
	connectionOf( server, session )?.close();
}
