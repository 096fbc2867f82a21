import { z } from 'zod';
import { closedDoor, mostSideDoors, sideDoor } from './side-doors.ts';
import { capLimits, overCap } from './caps.ts';
import { routeView, unlistedSender, withoutRoute } from './routes.ts';

/** What wp_get_environment_type() knows. */
export const environments = [ 'local', 'development', 'staging', 'production' ] as const;

/**
 * What becomes of mail that a paused site sends: `hold` it is kept until somebody releases it · `refuse` the site is told
 * at once that it is not taken. What it had queued before is held in both cases.
 */
export const pauseKinds = [ 'hold', 'refuse' ] as const;
export type PauseKind = ( typeof pauseKinds )[ number ];

/** What becomes of held mail of a site whose sending is resumed. */
export const heldChoices = [ 'release', 'delete', 'keep' ] as const;
export type HeldChoice = ( typeof heldChoices )[ number ];

/** A number of the system; 0 is root, whose mail is the server's own. */
export const siteUid = z.int().min( 1, { error: 'invalid' } ).max( 4_294_967_294, { error: 'invalid' } );

/** What lies on the server, by its own words: they may be forged, and give no right. */
export const siteFolder = z.object( {
	folder: z.string(),
	domain: z.string().nullable(),
	/** Null where wp-config.php does not say it as text. */
	environment: z.enum( environments ).nullable(),
} );
export type SiteFolder = z.infer< typeof siteFolder >;

/** A Unix user who sends, or has sites. Several sites of one user cannot be told apart by their mail. */
export const sendingUser = z.object( {
	uid: z.number(),
	/** Null where the server has no name for the number. */
	user: z.string().nullable(),
	sites: z.array( siteFolder ),
	/** Domains of From in 24 hours, most used first, at most 5; these, too, are the site's own words. */
	senderDomains: z.array( z.string() ),
	/** Recipients of messages that arrived in the last 24 hours; null where the caller may not see the mail log. */
	accepted: z.number().nullable(),
	refused: z.number().nullable(),
	/** Messages that are held, as far as the mail log tells. */
	held: z.number().nullable(),
	/** `by`: login; null where it was another owner's. */
	/** What it may send; `limits` null: never held. Null: nothing limits it. `own`: not that of all others. */
	cap: z.object( { own: z.boolean(), limits: capLimits.nullable() } ).nullable(),
	/** Where the cap holds its mail, or has; null also where the caller may not see the mail log. */
	over: overCap.nullable(),
	/** By which account its mail leaves; null: it has none of its own. */
	route: routeView.nullable(),
	/** Of the days that the mail log is kept, newest first; none where the caller may not see the mail log. */
	unlisted: z.array( unlistedSender ),
	pause: z.object( { how: z.enum( pauseKinds ), at: z.iso.datetime(), by: z.string().nullable() } ).nullable(),
} );
export type SendingUser = z.infer< typeof sendingUser >;

export const sitesOfServer = z.object( {
	/** What becomes of mail of users without a route. */
	withoutRoute: z.enum( withoutRoute ),
	users: z.array( sendingUser ),
	/** The cap of users who have none of their own. */
	usualCap: capLimits.nullable(),
	/** There are more sites than were told, or a folder with more in it than is looked at. */
	leftOut: z.boolean(),
	/** Who speaks SMTP to the world past the gateway, newest first; none where the caller may not see the mail log. */
	sideDoors: z.array( sideDoor ).max( mostSideDoors ),
	/** Who may not any longer, by number. */
	closedDoors: z.array( closedDoor ),
} );
export type SitesOfServer = z.infer< typeof sitesOfServer >;
