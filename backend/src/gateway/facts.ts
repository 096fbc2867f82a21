import { capReasons, environments } from '@email-gateway/shared';
import { z } from 'zod';
import { Secret } from '../vault/secret.ts';

const sha256 = z.string().regex( /^[0-9a-f]{64}$/ );
const count = z.int().min( 0 );
const text = ( maxLength: number ) => z.string().max( maxLength );

/** In hexadecimal as /proc/net/tcp tells it. */
const listenAddress = z.string().regex( /^[0-9A-F]{8}([0-9A-F]{24})?$/ );

/** A file as found: its digest is keyed (see `digestKey`), so that a credential never leaves the server. */
export const foundFile = z.strictObject( {
	path: text( 255 ),
	digest: sha256,
	/** As stat(1) tells it: `0` where nobody may anything. */
	mode: z.string().regex( /^[0-7]{1,4}$/ ),
	owner: text( 64 ),
} );
export type FoundFile = z.infer< typeof foundFile >;

/** A WordPress site that was found on a server: what it says of itself may be forged, and gives no right. */
export const foundSite = z.strictObject( {
	/** Of the Unix user whom its folder belongs to; its PHP usually runs as that user. */
	uid: z.int().min( 0 ).max( 4_294_967_295 ),
	/** Null where the user has no name. */
	user: text( 32 ).nullable(),
	folder: text( 255 ),
	domain: z
		.string()
		.regex( /^[a-z0-9.-]{1,253}$/ )
		.nullable(),
	/** WP_ENVIRONMENT_TYPE, where wp-config.php says it as text. */
	environment: z.enum( environments ).nullable(),
} );
export type FoundSite = z.infer< typeof foundSite >;

/** A Unix user who is over their cap, or was; by the server's own count. */
export const foundOver = z.strictObject( {
	uid: z.int().min( 1 ).max( 4_294_967_295 ),
	why: z.enum( capReasons ),
	/** Seconds since the epoch. */
	since: count.max( 8_000_000_000 ),
	isOver: z.boolean(),
	...{ hour: count, day: count, refused: count, held: count },
	first: z
		.string()
		.regex( /^[0-9A-Za-z]{6,40}$/ )
		.nullable(),
} );
export type FoundOver = z.infer< typeof foundOver >;

/** A file system as statfs(2) tells it; no inodes: it counts none. */
export const foundRoom = z.strictObject( {
	folder: text( 64 ),
	/** The same for what lies on the same one. */
	system: text( 32 ),
	blockBytes: count.max( 1_073_741_824 ),
	...{ blocks: count, freeBlocks: count, inodes: count, freeInodes: count },
} );
export type FoundRoom = z.infer< typeof foundRoom >;

/** Connections past the gateway that a Unix user was refused since then (seconds since the epoch). */
export const foundRefusals = z.strictObject( {
	uid: z.int().min( 1 ).max( 4_294_967_295 ),
	since: count.max( 8_000_000_000 ),
	refused: count,
} );
export type FoundRefusals = z.infer< typeof foundRefusals >;

/** What names the managing site on the server. Two posts, sites or backends that meet on one server see it. */
export const marker = z.object( {
	site: z.object( { id: text( 128 ), url: text( 2048 ) } ),
	serverId: z.number(),
	/** Of the server that it was written on; absent in one from before we told. */
	machine: sha256.optional(),
} );
export type Marker = z.infer< typeof marker >;

/**
 * Everything one look at a server tells, compared with what is desired by pure code. All of it was said by the
 * server: bounded, strict, never an instruction.
 */
export const facts = z.strictObject( {
	system: z.strictObject( { id: text( 64 ), versionId: text( 32 ), prettyName: text( 128 ) } ),
	systemd: z.boolean(),
	/** What the server calls itself; `fqdn` is empty where its own name does not resolve, which is common. */
	hostname: text( 253 ),
	fqdn: text( 253 ),
	etckeeper: z.boolean(),
	/** Folder names of control panels found, e.g. `plesk`. */
	panels: z.array( text( 64 ) ).max( 16 ),
	/** Installed versions by package, of those that matter here; absent where not installed. */
	packages: z.record( text( 64 ), text( 128 ) ),
	/** The Postfix version the package system would install, where its lists are there. */
	candidate: text( 128 ).nullable(),
	/** `mail_version` of the Postfix that is installed. */
	postfixVersion: text( 32 ).nullable(),
	/** Files of those packages that are gone. */
	missingFiles: z.array( text( 512 ) ).max( 20 ),
	/** Paths of Postfix whose owner or permissions are not those of the package any more. */
	lostRights: z.array( text( 512 ) ).max( 20 ),
	/** Whether the well-known roots are there. */
	rootStore: z.boolean(),
	/** Digest of machine id and host key: a copy of a server has another one. */
	machine: sha256,
	/** Who provides /usr/sbin/sendmail: a package, `none`, or `unpackaged`. */
	sendmail: text( 64 ),
	postfix: z.strictObject( {
		running: z.boolean(),
		/** Whether it starts with the server. */
		enabled: z.boolean(),
		/** Explicit parameters of a main.cf that is not ours. */
		parameters: z.array( text( 2048 ) ).max( 400 ),
		/** Services in master.cf as `postconf -M` prints them. */
		services: z.array( text( 1024 ) ).max( 400 ),
		/** Its units that somebody has masked: nothing can start them. */
		masked: z.array( text( 64 ) ).max( 8 ),
		mainIsLink: z.boolean(),
	} ),
	/** Where the running Postfix listens, on any port. */
	listens: z.array( z.strictObject( { address: listenAddress, port: z.int().min( 1 ).max( 65_535 ) } ) ).max( 64 ),
	/** Who else listens on port 25, and where. */
	port25: z.array( z.strictObject( { address: listenAddress, program: text( 64 ) } ) ).max( 64 ),
	/** Files in /etc/postfix that are neither the package's nor ours. */
	others: z.array( text( 1024 ) ).max( 50 ),
	/** Configuration of PHP that hands mail to another program than sendmail; null: that forbids it mail(). */
	phpAround: z.array( z.strictObject( { program: text( 1024 ).nullable(), file: text( 1024 ) } ) ).max( 20 ),
	/** Whether what looks after waiting mail (waiting-mail.sh) is started once a minute. */
	waitingMailKept: z.boolean(),
	/** Whether what counts for the caps (caps.sh) runs. */
	capsKept: z.boolean(),
	/** Whether the table of closed side doors (doors.sh) is loaded as it should be, and will be. */
	doorsKept: z.boolean(),
	/** How often each user of that table was refused since it was loaded (seconds since the epoch). */
	refusedDoors: z.array( foundRefusals ).max( 1000 ),
	/** Who is held by a cap, or was, with mail that is held still. */
	over: z.array( foundOver ).max( 1000 ),
	/** As whom we are signed in; 0 root. What is forwarded through the session is that user's, too. */
	signedInAs: count.max( 4_294_967_295 ),
	/** Seconds by which its clock is surely ahead of ours, below zero: behind; 0 where the time that the look took explains it. */
	clockAheadS: z.int().min( -8_000_000_000 ).max( 8_000_000_000 ),
	/** Messages in the queue. */
	queue: count,
	/** Of those, what was tried in vain or is held: mail on its way is not in it. */
	stuck: count,
	/** Of those in the queue, what a pause, a cap or the sandbox keeps: a person knows of it. */
	kept: count,
	/**
	 * Seconds since the oldest message arrived that waits or is on its way, by the server's clock; what is
	 * kept, and notices, are not in it. Null where none does, or nothing tells.
	 */
	oldestS: count.nullable(),
	/**
	 * What the newest tries of that have met: how many messages, the newest try (seconds since the epoch), the number of the
	 * route by which they leave (0: none), the words.
	 */
	deferrals: z.array( z.strictObject( { count, at: count, route: count, reason: text( 600 ) } ) ).max( 30 ),
	/** Of the queue and of the mail log, where they are there. */
	room: z.array( foundRoom ).max( 2 ),
	/** Messages in the queue of a mail system that was here before. */
	oldQueue: count,
	/** WordPress sites below the usual folders, and whether some were left out. */
	sites: z.array( foundSite ).max( 200 ),
	sitesLeftOut: z.boolean(),
	/** Connections of users to mail ports of other machines, past the gateway. */
	sideDoors: z
		.array(
			z.strictObject( {
				uid: count.max( 4_294_967_295 ),
				user: text( 32 ).nullable(),
				address: listenAddress,
				port: z.int().min( 1 ).max( 65_535 ),
			} )
		)
		.max( 100 ),
	/** Of main.cf's folder `gateway-<n>`; 0 where main.cf is not ours. */
	generation: count.max( 999_999 ),
	/** Three for each route. */
	files: z.array( foundFile ).max( 500 ),
	/** Mixed into every digest of `files`; made anew for each look. */
	digestKey: z.instanceof( Secret ),
	/** Whom /etc/aliases names for root; empty where it names nobody. */
	rootAlias: text( 255 ),
	/** Files of other mail systems that hold a password, as ssmtp keeps it. */
	oldCredentials: z.array( text( 255 ) ).max( 8 ),
	marker: marker.nullable(),
	/** A run that neither ended nor was undone (kill, reboot, or still running). */
	unfinished: z.strictObject( { jobId: text( 64 ), running: z.boolean() } ).nullable(),
	/** Whether runs have left something that `tidy` removes. */
	leftovers: z.boolean(),
	/** The job whose steps and result still lie on the server. */
	lastJob: text( 64 ).nullable(),
} );
export type Facts = z.infer< typeof facts >;
