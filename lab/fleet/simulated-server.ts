import { connect as connectTcp, createServer, type AddressInfo } from 'node:net';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';
import { describeHostKey } from '../../backend/src/ssh/host-key.ts';
import { makeManagedKey } from '../../backend/src/ssh/key-pair.ts';
import { writeTogether } from '../../backend/src/ssh/write-together.ts';
import { makeSimulatedDebian, type SimulatedDebian, type Weather } from './simulated-debian.ts';

export interface SimulatedServer {
	port: number;
	/** As in a known_hosts file: `ssh-ed25519 AAAA… name`. */
	hostKey: string;
	/** `SHA256:…` */
	fingerprint: string;
}

/** How a program of ours begins on a server: it says READY and waits for BEGIN, then reads what it is given. */
const nonceOf = ( command: string ) => /BEGIN ([0-9a-f]{32})/.exec( command )?.[ 1 ];

/**
 * Starts an SSH server that plays a Debian for our programs: as far as the backend can see it is one, but nothing
 * runs. Anyone may sign in. Streams are forwarded for real.
 *
 * @param index tells one from another
 * @param port  on 127.0.0.1; 0 lets the system choose
 * @param life  isHanging: takes connections and answers nothing; onRun: told of each program
 */
export async function startSimulatedServer(
	index: number,
	port: number,
	life: { weather?: Weather; isHanging?: () => boolean; onRun?: () => void } = {}
): Promise< SimulatedServer & { stop(): Promise< void > } > {
	const { weather, isHanging = () => false, onRun = () => {} } = life;
	const debian = makeSimulatedDebian( index, weather );
	const hostKey = makeManagedKey( `simulated-${ index }` );
	const sshd = new ssh2.Server( { hostKeys: [ hostKey.privateKey.reveal() ] }, ( connection ) => {
		connection.on( 'error', () => {} ).on( 'authentication', ( context ) => context.accept() );
		connection.on( 'session', ( accept ) => {
			accept().on( 'exec', ( acceptExec, _reject, { command } ) => {
				if ( ! isHanging() ) {
					onRun();
					answer( acceptExec(), command, debian );
				}
			} );
		} );
		forwardStreams( connection );
	} );
	// as every sshd writes: at once, and each packet as one
	const server = createServer( { noDelay: true }, ( socket ) => sshd.injectSocket( writeTogether( socket ) ) );
	await new Promise< void >( ( resolve, reject ) => {
		server.once( 'error', reject );
		server.listen( port, '127.0.0.1', resolve );
	} );
	return {
		port: ( server.address() as AddressInfo ).port,
		hostKey: hostKey.publicKey,
		fingerprint: fingerprintOf( hostKey.publicKey ),
		stop: () => new Promise( ( resolve ) => void server.close( () => resolve() ) ),
	};
}

const fingerprintOf = ( publicKey: string ) =>
	describeHostKey( Buffer.from( publicKey.split( ' ' )[ 1 ] ?? '', 'base64' ) ).fingerprint;

function answer( channel: ServerChannel, command: string, debian: SimulatedDebian ): void {
	const nonce = nonceOf( command );
	const begin = Buffer.from( `BEGIN ${ nonce }\n` );
	let read = Buffer.alloc( 0 );
	channel.on( 'error', () => {} );
	channel.write( `${ command.includes( `AS %s %s` ) ? `AS ${ nonce } root\n` : '' }READY ${ nonce }\n` );
	channel.on( 'data', ( bytes: Buffer ) => ( read = Buffer.concat( [ read, bytes ] ) ) );
	channel.on( 'end', () => {
		const at = read.indexOf( begin );
		const { exitCode, stdout } =
			nonce === undefined || at < 0
				? { exitCode: 97, stdout: '' }
				: debian.run( command, read.subarray( at + begin.length ) );
		channel.write( stdout );
		channel.exit( exitCode );
		channel.end();
	} );
}

function forwardStreams( connection: Connection ): void {
	connection.on( 'tcpip', ( accept, reject, { destIP, destPort } ) => {
		const socket = connectTcp( destPort, destIP );
		socket.once( 'error', () => reject?.() );
		socket.once( 'connect', () => {
			const channel = accept();
			channel.on( 'error', () => {} ).on( 'close', () => socket.destroy() );
			channel.pipe( socket ).pipe( channel );
		} );
	} );
}
