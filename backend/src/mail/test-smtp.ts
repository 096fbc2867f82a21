// Only for tests: a mail provider that goes wrong in exactly one way. It says what it is told and nothing else.
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

export interface Script {
	/** Certificate and key in PEM; without it no TLS is offered. */
	tls?: { cert: string; key: string };
	/** TLS from the first byte, as on port 465. */
	implicit?: boolean;
	/** `null`: says nothing for ever; `''`: hangs up. */
	greeting?: string | null;
	/** `''`: hangs up at EHLO. */
	ehlo?: '';
	/** What it calls itself in its answer to EHLO. */
	name?: string;
	/** Mechanisms that are offered once the connection is encrypted. */
	auth?: string;
	/** Answers to AUTH, MAIL, RCPT, DATA and the end of the message; `''` hangs up. */
	replies?: Partial< Record< 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'END' | 'STARTTLS', string > >;
	/** The answer to RCPT for an address, where it is not the same for all. */
	rcpt?: ( address: string ) => string;
	/** Further lines of the EHLO answer, e.g. `SIZE 1000`. */
	extensions?: string[];
}

const standard = {
	AUTH: '235 2.7.0 Authentication successful',
	MAIL: '250 2.1.0 Ok',
	RCPT: '250 2.1.5 Ok',
	DATA: '354 End data with <CR><LF>.<CR><LF>',
	END: '250 2.0.0 Ok: queued as 4cTEST1234',
	STARTTLS: '220 2.0.0 Ready to start TLS',
};

export interface TakenMessage {
	/** Who signed in by PLAIN on that connection; null where nobody did. */
	user: string | null;
	/** The line MAIL FROM. */
	from: string;
	lines: string[];
}

export interface TestSmtp {
	port: number;
	/** Every line that a client sent, in order. */
	heard: string[];
	/** Every message that it took, in order. */
	taken: TakenMessage[];
	/** Called once, at the next connection. */
	onConnection?: ( () => void ) | undefined;
	/** Ends the connections that are open now. */
	hangUp(): void;
	stop(): Promise< void >;
}

/** Starts it on one address, on a free port unless told. */
export async function startTestSmtp( script: Script, { host = '127.0.0.1', port = 0 } = {} ): Promise< TestSmtp > {
	const sockets = new Set< Socket >();
	const heard: string[] = [];
	const taken: TakenMessage[] = [];
	const server = createServer( ( raw ) => {
		sockets.add( raw );
		raw.on( 'error', () => {} ).on( 'close', () => sockets.delete( raw ) );
		const plain = script.implicit === true && script.tls ? encrypt( raw, script.tls ) : raw;
		converse( plain, { script, heard, taken, encrypted: plain !== raw, greet: true } );
		const { onConnection } = provider;
		provider.onConnection = undefined;
		onConnection?.();
	} );
	await new Promise< void >( ( resolve, reject ) => server.once( 'error', reject ).listen( port, host, resolve ) );
	const hangUp = () => sockets.forEach( ( socket ) => socket.destroy() );
	const stop = () =>
		new Promise< void >( ( resolve ) => {
			server.close( () => resolve() );
			hangUp();
		} );
	const provider: TestSmtp = { port: ( server.address() as AddressInfo ).port, heard, taken, hangUp, stop };
	return provider;
}

const encrypt = ( raw: Socket, tls: { cert: string; key: string } ) => {
	const secure = new TLSSocket( raw, { isServer: true, secureContext: createSecureContext( tls ) } );
	return secure.on( 'error', () => raw.destroy() );
};

interface Conversation {
	script: Script;
	heard: string[];
	taken: TakenMessage[];
	encrypted: boolean;
	greet: boolean;
}

function converse( socket: Socket, { script, heard, taken, encrypted, greet }: Conversation ): void {
	let rest = '';
	let inMessage = false;
	let loginLines = 0;
	let message: TakenMessage = { user: null, from: '', lines: [] };
	const say = ( reply: string ) => ( reply === '' ? socket.destroy() : socket.write( `${ reply }\r\n` ) );
	const replies = {
		...standard,
		...( script.tls ? {} : { STARTTLS: '502 5.5.1 Error: command not implemented' } ),
		...script.replies,
	};
	const ehlo = () => {
		const offers = [ script.name ?? 'provider.test', ...( script.extensions ?? [] ) ];
		if ( script.tls && ! encrypted ) {
			offers.push( 'STARTTLS' );
		}
		if ( encrypted && script.auth !== '' ) {
			offers.push( `AUTH ${ script.auth ?? 'PLAIN LOGIN' }` );
		}
		return offers.map( ( offer, i ) => `250${ i === offers.length - 1 ? ' ' : '-' }${ offer }` ).join( '\r\n' );
	};
	const answer = ( line: string ) => {
		heard.push( line );
		if ( inMessage ) {
			inMessage = line !== '.';
			if ( inMessage ) {
				message.lines.push( line );
				return;
			}
			taken.push( message );
			return say( replies.END );
		}
		if ( loginLines > 0 ) {
			return say( --loginLines === 0 ? replies.AUTH : '334 UGFzc3dvcmQ6' );
		}
		const verb = line.slice( 0, 4 ).toUpperCase();
		if ( verb === 'EHLO' || verb === 'HELO' ) {
			return say( script.ehlo ?? ehlo() );
		}
		if ( verb === 'STAR' ) {
			say( replies.STARTTLS );
			if ( script.tls && replies.STARTTLS.startsWith( '220' ) ) {
				socket.removeAllListeners( 'data' );
				converse( encrypt( socket, script.tls ), { script, heard, taken, encrypted: true, greet: false } );
			}
			return;
		}
		if ( verb === 'MAIL' ) {
			message = { ...message, from: line, lines: [] };
		}
		if ( /^AUTH PLAIN ./i.test( line ) ) {
			message.user = Buffer.from( line.slice( 11 ), 'base64' ).toString( 'latin1' ).split( '\0' )[ 1 ] ?? null;
		}
		if ( verb === 'AUTH' && /^AUTH LOGIN$/i.test( line ) ) {
			loginLines = 2;
			return say( '334 VXNlcm5hbWU6' );
		}
		if ( verb === 'QUIT' ) {
			socket.end( '221 2.0.0 Bye\r\n' );
			return;
		}
		if ( verb === 'RSET' || verb === 'NOOP' ) {
			return say( '250 2.0.0 Ok' );
		}
		if ( verb === 'RCPT' && script.rcpt ) {
			return say( script.rcpt( /<(.*)>/.exec( line )?.[ 1 ] ?? '' ) );
		}
		const reply =
			verb in replies ? replies[ verb as keyof typeof replies ] : '502 5.5.2 Error: command not recognized';
		inMessage = verb === 'DATA' && reply.startsWith( '354' );
		say( reply );
	};
	socket.on( 'data', ( bytes: Buffer ) => {
		const lines = ( rest + bytes.toString( 'latin1' ) ).split( '\r\n' );
		rest = lines.pop() ?? '';
		lines.forEach( answer );
	} );
	if ( greet && script.greeting !== null ) {
		say( script.greeting ?? '220 provider.test ESMTP ready' );
	}
}
