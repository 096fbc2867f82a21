import { randomBytes } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Accounts } from './accounts.ts';
import type { Counter } from './counts.ts';
import { replyError, type Faults, type Stage } from './faults.ts';
import type { Messages } from './messages.ts';
import { domainOf, misbehave, watchCommands } from './misbehave.ts';

const usualMessageBytes = 25 * 1024 * 1024;

export type ProviderState = {
	/** The name in the greeting and in the certificate. */
	name: string;
	accounts: Accounts;
	messages: Messages;
	counter: Counter;
	faults: () => Faults;
	/** The refusal of a recipient that is tried for the first time; null for one that is tried again. */
	greylist: ( envelope: SMTPServerSession[ 'envelope' ], recipient: string ) => Error | null;
	certificate: () => { cert: Buffer; key: Buffer };
};

/**
 * Makes one SMTP server of the provider; the caller lets it listen.
 *
 * @param tls `starttls` as on port 587, `implicit` as on port 465
 */
export function makeSmtpServer( state: ProviderState, tls: 'starttls' | 'implicit' ): SMTPServer {
	const { accounts, messages, counter, faults } = state;
	const { authMethods, noStarttls = false, oldTls = false, maxMessageBytes = usualMessageBytes } = faults();
	const refusalAt = (
		stage: Stage,
		session: SMTPServerSession,
		who: { user?: string | undefined; recipient?: string } = {}
	) => misbehave( stage, { faults: faults(), server, session, ...who } );
	const options: SMTPServerOptions = {
		...state.certificate(),
		...( oldTls ? { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } : {} ),
		name: state.name,
		banner: 'Email Gateway lab provider',
		secure: tls === 'implicit',
		size: maxMessageBytes,
		authMethods: authMethods ?? [ 'PLAIN', 'LOGIN' ],
		disabledCommands: [
			...( authMethods?.length === 0 ? [ 'AUTH' ] : [] ),
			...( noStarttls ? [ 'STARTTLS' ] : [] ),
		],
		// Its replies get their enhanced codes here, so that each reads as real providers write it.
		...( { hideENHANCEDSTATUSCODES: true } as object ),
		disableReverseLookup: true,
		closeTimeout: 1000,
		logger: false,
		async onConnect( session, done ) {
			counter.count( 'connections' );
			watchCommands( server, session, faults );
			done( await refusalAt( 'greeting', session ) );
		},
		async onAuth( { username, password }, session, done ) {
			counter.countFor( username ?? '', 'logins' );
			const refusal = await refusalAt( 'auth', session, { user: username } );
			if ( refusal || ! username || ! accounts.accepts( username, password ?? '' ) ) {
				done( refusal ?? replyError( '535 5.7.8 Error: authentication failed' ) );
				return;
			}
			done( null, { user: username } );
		},
		async onMailFrom( _address, session, done ) {
			counter.countFor( String( session.user ?? '' ), 'mails' );
			const refusal = await refusalAt( 'mailFrom', session );
			done( refusal ?? ( session.user ? null : replyError( '530 5.7.0 Authentication required' ) ) );
		},
		async onRcptTo( { address }, session, done ) {
			const refusal = await refusalAt( 'rcptTo', session, { recipient: address } );
			const { greylist = false } = faults();
			const isListed = greylist === true || greylist === domainOf( address );
			done( refusal ?? ( isListed ? state.greylist( session.envelope, address ) : null ) );
		},
		async onData( stream, session, done ) {
			const chunks: Buffer[] = [];
			for await ( const chunk of stream ) {
				chunks.push( chunk );
			}
			const refusal = await refusalAt( 'message', session );
			if ( refusal || stream.sizeExceeded ) {
				done( refusal ?? replyError( '552 5.3.4 Message too big' ) );
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
