import { Resolver } from 'node:dns';
import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { nearest } from './nearest.ts';
import { Secret } from './vault/secret.ts';

const isLoopback = ( host: string ) => host === 'localhost' || host === '::1' || /^127\./.test( host );
const blankIsUnset = ( value: unknown ) => ( value === '' ? undefined : value );
const optional = < Schema extends z.ZodType >( schema: Schema ) => z.preprocess( blankIsUnset, schema.optional() );

const range = z.string().refine( ( text ) => {
	const [ address = '', bits = '' ] = text.split( '/' );
	return isIP( address ) !== 0 && /^\d{1,3}$/.test( bits ) && Number( bits ) <= ( isIP( address ) === 4 ? 32 : 128 );
}, 'not a range such as 10.0.0.0/8' );

const addressOrRange = z.string().refine( ( text ) => isIP( text ) !== 0 || range.safeParse( text ).success, {
	message: 'not an address such as 192.0.2.1, nor a range such as 10.0.0.0/8',
} );

const list = ( item: z.ZodString ) =>
	z
		.string()
		.transform( ( text ) => text.split( ',' ).map( ( part ) => part.trim() ) )
		.pipe( z.array( item ) );

const dnsServer = z.string().refine( ( text ) => {
	try {
		new Resolver().setServers( [ text ] );
		return true;
	} catch {
		return false;
	}
}, 'not an address such as 192.0.2.53 or 192.0.2.53:5353' );

/** Every variable the backend reads; `.env.example` gives each one's reason. */
export const variables = {
	HOST: optional( z.string() ),
	PORT: optional( z.coerce.number().int().min( 0 ).max( 65535 ) ),
	EMAIL_GATEWAY_PUBLIC_URL: optional( z.url( { protocol: /^https?$/ } ) ),
	EMAIL_GATEWAY_ROLE: optional( z.enum( [ 'both', 'web', 'worker' ] ) ),
	EMAIL_GATEWAY_DATA_DIR: optional( z.string() ),
	// more than one while it is being changed
	EMAIL_GATEWAY_MASTER_KEY: optional( z.string().regex( /^[A-Za-z0-9+/=\s]+$/, 'not base64' ) ),
	EMAIL_GATEWAY_MASTER_KEY_FILE: optional( z.string() ),
	// set by systemd, for a unit with LoadCredential=
	CREDENTIALS_DIRECTORY: optional( z.string() ),
	DATABASE_URL: optional( z.url( { protocol: /^postgres(ql)?$/ } ) ),
	EMAIL_GATEWAY_SNAPSHOT_MINUTES: optional( z.coerce.number().int().min( 0 ).max( 10080 ) ),
	EMAIL_GATEWAY_SNAPSHOTS_KEPT: optional( z.coerce.number().int().min( 1 ).max( 1000 ) ),
	EMAIL_GATEWAY_JOBS_AT_ONCE: optional( z.coerce.number().int().min( 1 ).max( 100 ) ),
	EMAIL_GATEWAY_ALLOWED_PRIVATE_RANGES: optional( list( range ) ),
	EMAIL_GATEWAY_TRUSTED_PROXIES: optional( list( addressOrRange ) ),
	EMAIL_GATEWAY_DNS_SERVERS: optional( list( dnsServer ) ),
	EMAIL_GATEWAY_METRICS_TOKEN: optional(
		z.string().regex( /^[\x21-\x7e]{32,}$/, 'not 32 characters or more without blanks' )
	),
	LOG_LEVEL: optional( z.enum( [ 'fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent' ] ) ),
} as const;

export interface Config {
	host: string;
	port: number;
	/** What sites sign their requests for; null: derived from host and the port that was bound. */
	publicUrl: string | null;
	role: 'both' | 'web' | 'worker';
	/** Absolute. */
	dataDir: string;
	/** `isCredential`: systemd lent the file to this process alone. */
	masterKey: { kind: 'value'; base64: string } | { kind: 'file'; path: string; isCredential?: boolean };
	/** null: the embedded database in dataDir. */
	databaseUrl: string | null;
	/** 0: no snapshots. */
	snapshotMinutes: number;
	snapshotsKept: number;
	jobsAtOnce: number;
	allowedPrivateRanges: string[];
	/** Addresses and ranges whose word on a client's address counts, besides loopback. */
	trustedProxies: string[];
	/** `address` or `address:port`; empty: those of the system. */
	dnsServers: string[];
	/** Who knows it may read /metrics; null: nobody. */
	metricsToken: Secret | null;
	logLevel: string;
}

/**
 * The one reader of the environment.
 * Errors: an Error whose message names the variable and what is wrong with it, never its value.
 */
export function readConfig( env: Record< string, string | undefined > ): Config {
	refuseUnknown( env );
	const parsed = z.object( variables ).safeParse( env );
	if ( ! parsed.success ) {
		const [ issue ] = parsed.error.issues;
		throw new Error( `${ issue?.path.join( '.' ) }: ${ issue?.message }` );
	}
	const set = parsed.data;
	const host = set.HOST ?? '127.0.0.1';
	const publicUrl = set.EMAIL_GATEWAY_PUBLIC_URL?.replace( /\/+$/, '' ) ?? null;
	refuseOpenDoors( host, publicUrl );
	const dataDir = resolve( set.EMAIL_GATEWAY_DATA_DIR ?? 'data' );
	const keyFile = resolve( set.EMAIL_GATEWAY_MASTER_KEY_FILE ?? `${ dataDir }.key` );
	return {
		host,
		port: set.PORT ?? 8025,
		publicUrl,
		role: set.EMAIL_GATEWAY_ROLE ?? 'both',
		dataDir,
		masterKey: set.EMAIL_GATEWAY_MASTER_KEY
			? { kind: 'value', base64: set.EMAIL_GATEWAY_MASTER_KEY }
			: {
					kind: 'file',
					path: keyFile,
					...( dirname( keyFile ) === set.CREDENTIALS_DIRECTORY && { isCredential: true } ),
			  },
		databaseUrl: set.DATABASE_URL ?? null,
		snapshotMinutes: set.EMAIL_GATEWAY_SNAPSHOT_MINUTES ?? 60,
		snapshotsKept: set.EMAIL_GATEWAY_SNAPSHOTS_KEPT ?? 5,
		jobsAtOnce: set.EMAIL_GATEWAY_JOBS_AT_ONCE ?? 4,
		allowedPrivateRanges: set.EMAIL_GATEWAY_ALLOWED_PRIVATE_RANGES ?? [],
		trustedProxies: set.EMAIL_GATEWAY_TRUSTED_PROXIES ?? [],
		dnsServers: set.EMAIL_GATEWAY_DNS_SERVERS ?? [],
		metricsToken: set.EMAIL_GATEWAY_METRICS_TOKEN ? new Secret( set.EMAIL_GATEWAY_METRICS_TOKEN ) : null,
		logLevel: set.LOG_LEVEL ?? 'info',
	};
}

/** A name that is almost right would be passed over in silence. */
function refuseUnknown( env: Record< string, string | undefined > ): void {
	const known = Object.keys( variables );
	for ( const name of Object.keys( env ).filter( ( each ) => /^EMAIL_?GATEWAY/i.test( each ) ) ) {
		if ( ! known.includes( name ) ) {
			throw new Error( `${ name }: there is no such setting. Did you mean ${ nearest( name, known ) }?` );
		}
	}
}

function refuseOpenDoors( host: string, publicUrl: string | null ): void {
	if (
		publicUrl &&
		! publicUrl.startsWith( 'https:' ) &&
		! isLoopback( new URL( publicUrl ).hostname.replace( /[[\]]/g, '' ) )
	) {
		throw new Error( 'EMAIL_GATEWAY_PUBLIC_URL: must be https, except on this machine itself' );
	}
	if ( ! isLoopback( host ) && ! publicUrl?.startsWith( 'https:' ) ) {
		throw new Error(
			'HOST: only an address of this machine itself, unless EMAIL_GATEWAY_PUBLIC_URL says which https address leads here'
		);
	}
}
