import { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import { serverIdsPattern } from './limits.ts';

/**
 * Who may call an endpoint. `public` is unsigned; every other word is a permission which the signed actor must
 * hold for the server in the path (or for the site, where the path names no server).
 */
export const accessLevels = [
	'public',
	'manage_site',
	'manage_defaults',
	'change_connection',
	'run_gateway',
	'see_audit',
	'see_mail_log',
] as const;
export type Access = ( typeof accessLevels )[ number ];
export type Permission = Exclude< Access, 'public' >;

/** One call, described once: the backend mounts it, the plugin calls it, PHP's table is printed from it. */
export interface Endpoint< Request extends z.ZodType, Response extends z.ZodType, Path extends string = string > {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below `/v1`; `:serverId` and `:jobId` are the only parameters. */
	readonly path: Path;
	readonly access: Access;
	/** JSON body, or for GET the query string. */
	readonly request: Request;
	readonly response: Response;
	readonly status: 200 | 202;
	/** What it may be refused with besides what any call may be: see errorsOf. Held by each test that starts a backend. */
	readonly errors: readonly ErrorCode[];
	readonly summary: string;
	/** Reaches the server, at once or at the next look: PHP sends along how, where another plugin keeps the connection. */
	readonly sendsConnection?: true;
	/** Saves an account: into the default one PHP puts what the environment or wp-config.php sets. */
	readonly savesAccount?: true;
	/** The actor says the mail address of the person, which is none of anybody's business elsewhere. */
	readonly tellsMail?: true;
	/** Answered also for a copy of the paired site at another address. */
	readonly whenMoved?: true;
	/** Answered by PHP's doorman itself, so that no browser can reach it: kept out of the plugin's routes. */
	readonly notForBrowsers?: true;
}

/** Types one endpoint without widening it. */
export function endpoint< Request extends z.ZodType, Response extends z.ZodType, const Path extends string >(
	description: Endpoint< Request, Response, Path >
): Endpoint< Request, Response, Path > {
	return description;
}

/** A request that says nothing besides its path. */
export const nothing = z.strictObject( {} );
/** The answer to a request that begins a job. */
export const accepted = z.object( { jobId: z.uuid() } );
/** The database counts events in 31 bits and audit entries in more than any site has. */
export const cursor = z.coerce.number().int().min( 0 ).max( 2_147_483_647 ).default( 0 );
/** Comma-separated post ids. PHP checks access to each of them. */
export const serverIds = z.string().regex( new RegExp( `^${ serverIdsPattern }$` ), { error: 'invalid' } );
/** A post id in a body. */
export const serverId = z.int().min( 1 ).max( 999_999_999_999_999 );
