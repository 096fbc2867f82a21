import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { ReceivedAlerts } from './received.ts';

/** What an alert's e-mail must have besides a body, so that nobody's filter throws it away. */
const wanted = [ 'from', 'to', 'subject', 'date', 'message-id' ] as const;

export interface Mailbox {
	user: string;
	password: string;
	/** The only recipient that there is. */
	recipient: string;
}

/** The mail server that takes the lab's alerts: STARTTLS and sign-in first, one mailbox, well-formed messages only. */
export function makeMailServer(
	alerts: ReceivedAlerts,
	{ mailbox, certificate }: { mailbox: Mailbox; certificate: { cert: Buffer; key: Buffer } }
): SMTPServer {
	const refused = ( reason: string, to: string, more: { parsed?: ParsedMail } = {} ) => {
		alerts.add( { ...entryOf( more.parsed ), to, refused: reason } );
		return Object.assign( new Error( `5.6.0 ${ reason }` ), { responseCode: 550 } );
	};
	const server = new SMTPServer( {
		...certificate,
		name: 'alerts.provider.test',
		authMethods: [ 'PLAIN', 'LOGIN' ],
		disableReverseLookup: true,
		closeTimeout: 1000,
		logger: false,
		size: 1024 * 1024,
		onAuth( { username, password }, _session, done ) {
			const isRight = username === mailbox.user && password === mailbox.password;
			done(
				isRight ? null : new Error( '5.7.8 Authentication failed' ),
				isRight ? { user: username } : undefined
			);
		},
		onRcptTo( { address }, _session, done ) {
			done( address === mailbox.recipient ? null : refused( `there is no ${ address } here`, address ) );
		},
		async onData( stream, { envelope }, done ) {
			const chunks: Buffer[] = [];
			for await ( const chunk of stream ) {
				chunks.push( chunk );
			}
			const to = envelope.rcptTo.map( ( { address } ) => address ).join( ', ' );
			const parsed = await simpleParser( Buffer.concat( chunks ) );
			const missing = wanted.filter( ( name ) => ! parsed.headers.has( name ) );
			const [ problem ] = [
				...missing.map( ( name ) => `the message has no ${ name }` ),
				...( parsed.text?.trim() ? [] : [ 'the message has no text' ] ),
			];
			if ( problem !== undefined ) {
				done( refused( problem, to, { parsed } ) );
				return;
			}
			alerts.add( { ...entryOf( parsed ), to, refused: null } );
			done();
		},
	} );
	// a client that goes away in the middle is nothing to end for
	server.on( 'error', ( error ) => console.error( error.message ) );
	return server;
}

const entryOf = ( parsed: ParsedMail | undefined ) => ( {
	channel: 'email' as const,
	id: parsed?.messageId ?? '',
	headers: Object.fromEntries(
		( parsed?.headerLines ?? [] ).map( ( { key, line } ) => [ key, line.slice( key.length + 1 ).trim() ] )
	),
	body: null,
	subject: parsed?.subject ?? null,
	text: parsed?.text ?? null,
	html: parsed?.html || null,
} );
