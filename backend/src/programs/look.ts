import { randomUUID } from 'node:crypto';
import { GatewayError } from '../errors.ts';
import { surelyAheadS } from '../gateway/clock.ts';
import { facts as factsSchema, marker as markerSchema, type Facts } from '../gateway/facts.ts';
import type { LogCursor, LogPiece } from '../ledger/log-piece.ts';
import type { Remote } from '../ssh/remote.ts';
import { withoutControls } from '../ssh/text.ts';
import { Secret } from '../vault/secret.ts';
import { programs } from './compose.ts';
import { parseOver } from './over.ts';
import { cursorLine, parseLogPiece } from './log-piece.ts';
import { parseRoom } from './room.ts';
import { parseSite } from './sites.ts';
import { append } from './told.ts';

/** What a look runs on a server. */
const lookProgram = programs.facts;

export interface LookOptions {
	signal: AbortSignal;
	/** Asks for what follows on a cursor in the mail log, too, in the same exec. */
	log?: { after: LogCursor; onPiece( piece: LogPiece ): void };
}

/**
 * Looks at a server: all facts in one exec.
 * Errors: server_answer_not_understood where the answer is cut off or malformed, and those of `Remote.run`.
 */
export async function look( remote: Remote, { signal, log }: LookOptions ): Promise< Facts > {
	const digestKey = new Secret( randomUUID() );
	const fromMs = Date.now();
	const { exitCode, stdout } = await remote.run( lookProgram, {
		stdin: Buffer.from( `${ digestKey.reveal() }\n${ log ? cursorLine( log.after ) : '' }` ),
		signal,
		timeoutMs: 60_000,
	} );
	if ( exitCode !== 0 ) {
		throw new GatewayError( 'server_answer_not_understood', { exitCode } );
	}
	const facts = parseFacts( stdout, digestKey, { fromMs, toMs: Date.now() } );
	const piece = log && parseLogPiece( stdout, log.after );
	if ( piece ) {
		log.onPiece( piece );
	}
	return facts;
}

/**
 * Reads the lines of facts.sh. Anything unexpected is refused: the server may be hostile.
 *
 * @param asked when it was asked and when it had answered, in milliseconds of our clock
 */
export function parseFacts( stdout: string, digestKey: Secret, asked: { fromMs: number; toMs: number } ): Facts {
	const lines = stdout.split( '\n' ).filter( ( line ) => line !== '' );
	if ( lines[ 0 ] !== 'facts 1' || lines.at( -1 ) !== 'end' ) {
		throw new GatewayError( 'server_answer_not_understood', {} );
	}
	const told = new Map< string, string[] >();
	for ( const line of lines ) {
		const [ name = '', ...rest ] = line.split( ' ' );
		append( told, name, rest.join( ' ' ) );
	}
	const word = ( name: string ) => told.get( name )?.[ 0 ] ?? '';
	const text = ( name: string ) => decode( word( name ) );
	// a number that is not told is none: it must not be read as 0
	const number = ( name: string ) => Number( word( name ) || 'missing' );
	const listing = ( name: string ) => decodeLines( ( told.get( name ) ?? [] ).join( '' ) );
	const parsed = factsSchema.safeParse( {
		system: {
			id: text( 'system_id' ),
			versionId: text( 'system_version' ),
			prettyName: text( 'system_name' ),
		},
		systemd: word( 'systemd' ) === 'yes',
		hostname: text( 'hostname' ),
		fqdn: text( 'fqdn' ),
		etckeeper: word( 'etckeeper' ) === 'yes',
		panels: told.get( 'panel' ) ?? [],
		packages: Object.fromEntries(
			( told.get( 'package' ) ?? [] ).map( ( line ) => line.split( ' ' ) as [ string, string ] )
		),
		candidate: text( 'candidate' ) || null,
		postfixVersion: text( 'postfix_version' ) || null,
		missingFiles: listing( 'missing_files' ),
		lostRights: listing( 'lost_rights' ),
		rootStore: word( 'root_store' ) === 'yes',
		machine: word( 'machine' ),
		sendmail: word( 'sendmail' ),
		postfix: {
			running: word( 'postfix_running' ) === 'yes',
			enabled: word( 'postfix_enabled' ) === 'yes',
			parameters: listing( 'parameters' ),
			services: listing( 'services' ),
			masked: told.get( 'masked' ) ?? [],
			mainIsLink: word( 'main_is_link' ) === 'yes',
		},
		listens: ( told.get( 'listens' ) ?? [] ).map( ( line ) => {
			const [ address, port = '' ] = line.split( ' ' );
			return { address, port: Number.parseInt( port, 16 ) };
		} ),
		port25: ( told.get( 'port25' ) ?? [] ).map( ( line ) => {
			const [ address, program = '' ] = line.split( ' ' );
			return { address, program };
		} ),
		others: listing( 'others' ),
		phpAround: listing( 'php_around' ).map( ( line ) => {
			const [ program = '', ...file ] = line.split( ' ' );
			return { program: program === '-' ? null : program, file: file.join( ' ' ) };
		} ),
		waitingMailKept: word( 'waiting_mail_kept' ) === 'yes',
		capsKept: word( 'caps_kept' ) === 'yes',
		doorsKept: word( 'doors_kept' ) === 'yes',
		refusedDoors: ( told.get( 'refused_door' ) ?? [] ).map( ( line ) => {
			const [ uid, since, refused ] = line.split( ' ' );
			return {
				uid: Number( uid || 'missing' ),
				since: Number( since || 'missing' ),
				refused: Number( refused || 'missing' ),
			};
		} ),
		signedInAs: Number( word( 'signed_in_as' ) || 0 ),
		over: ( told.get( 'over' ) ?? [] ).map( parseOver ),
		clockAheadS: surelyAheadS( number( 'clock' ), asked ),
		queue: number( 'queue' ),
		stuck: number( 'stuck' ),
		kept: Number( word( 'kept' ) || 0 ),
		oldestS: word( 'oldest' ) === '' ? null : Math.max( 0, number( 'clock' ) - number( 'oldest' ) ),
		deferrals: ( told.get( 'deferral' ) ?? [] ).map( ( line ) => {
			const [ count, at, route, reason = '' ] = line.split( ' ' );
			const [ counted, newest, way ] = [ count, at, route ].map( ( part ) => Number( part || 'missing' ) );
			return { count: counted, at: newest, route: way, reason: decode( reason ) };
		} ),
		room: ( told.get( 'room' ) ?? [] ).map( parseRoom ),
		sites: ( told.get( 'site' ) ?? [] ).map( parseSite ),
		sitesLeftOut: word( 'sites_left_out' ) === 'yes',
		sideDoors: ( told.get( 'side_door' ) ?? [] ).map( ( line ) => {
			const [ uid, user, address, port = '' ] = line.split( ' ' );
			return {
				uid: Number( uid || 'missing' ),
				user: user === '-' ? null : user,
				address,
				port: Number.parseInt( port, 16 ),
			};
		} ),
		generation: number( 'generation' ),
		oldQueue: Number( word( 'old_queue' ) || 0 ),
		files: ( told.get( 'file' ) ?? [] ).map( ( line ) => {
			const [ path, digest, mode, owner ] = line.split( ' ' );
			return { path, digest, mode, owner };
		} ),
		digestKey,
		rootAlias: text( 'root_alias' ),
		oldCredentials: told.get( 'old_credential' ) ?? [],
		marker: parseMarker( text( 'marker' ) ),
		unfinished: parseUnfinished( told.get( 'unfinished' )?.[ 0 ] ),
		leftovers: word( 'leftovers' ) === 'yes',
		lastJob: word( 'last_job' ) || null,
	} );
	if ( ! parsed.success ) {
		throw new GatewayError( 'server_answer_not_understood', {
			fact: parsed.error.issues[ 0 ]?.path.join( '.' ) ?? '',
		} );
	}
	return parsed.data;
}

/** UTF-8 from base64 as one harmless line. */
function decode( base64: string ): string {
	return decodeLines( base64 ).join( '' );
}

function decodeLines( base64: string ): string[] {
	const lines = Buffer.from( base64, 'base64' ).toString( 'utf8' ).split( '\n' );
	return lines.map( ( line ) => withoutControls( line ).replaceAll( '\t', '' ) ).filter( ( line ) => line !== '' );
}

function parseMarker( json: string ): Facts[ 'marker' ] {
	if ( json === '' ) {
		return null;
	}
	try {
		return markerSchema.parse( JSON.parse( json ) );
	} catch {
		throw new GatewayError( 'server_answer_not_understood', { fact: 'marker' } );
	}
}

function parseUnfinished( line: string | undefined ): Facts[ 'unfinished' ] {
	if ( line === undefined ) {
		return null;
	}
	const at = line.lastIndexOf( ' ' );
	return { jobId: line.slice( 0, at ).trim(), running: line.slice( at + 1 ) === 'running' };
}
