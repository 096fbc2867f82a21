import { z } from 'zod';
import { offeredAccount } from './accounts.ts';
import { alertTroubles } from './alerts.ts';
import { backupView } from './backup.ts';
import { connectionView, serverKey } from './connection.ts';
import { deliveryOutcome, testResult } from './diagnosis.ts';
import { jobView } from './jobs.ts';
import { sandboxView } from './sandbox.ts';
import { gatewaySettings } from './settings.ts';
import { environments } from './sites.ts';

/** The pill: one word of what is known of the gateway. */
export const gatewayStates = [
	'not_connected',
	'not_installed',
	'installing',
	'installed',
	'working',
	'waiting',
	'refused',
	'disk_low',
	'clock_wrong',
	'stopped',
	'differs',
	'replaced',
	'unreachable',
	'not_checked',
	'unfinished',
	'removing',
] as const;
export const gatewayState = z.enum( gatewayStates );
export type GatewayState = z.infer< typeof gatewayState >;

/**
 * The site's defaults as seen by someone who is not shown them. `in_use` may be installed anew; `withdrawn` is installed,
 * and not offered here any more.
 */
export const includedGateway = z.enum( [ 'absent', 'offered', 'in_use', 'withdrawn' ] );
export type IncludedGateway = z.infer< typeof includedGateway >;

const version = z.object( {
	version: z.number(),
	at: z.iso.datetime(),
	settings: gatewaySettings,
} );

/** Since when there is the trouble that `state` says; null where it says none, or that is not known. */
const since = z.iso.datetime().nullable();

/** Everything one server's screen shows. */
export const serverView = z.object( {
	serverId: z.number(),
	/** null: none was made yet, see makeServerKey. */
	managedKey: serverKey.nullable(),
	connection: connectionView.nullable(),
	gateway: z.object( {
		state: gatewayState,
		since,
		submitted: version.nullable(),
		installed: version.nullable(),
		/** True where an empty password field may mean "keep". */
		passwordSaved: z.boolean(),
		/** False shows "Not installed yet". */
		submittedIsInstalled: z.boolean(),
		/** Of which account what is installed was taken; null where it was typed, and for who may not manage them. */
		account: z.object( { id: z.uuid(), name: z.string(), hasOlderValues: z.boolean() } ).nullable(),
		included: includedGateway,
		lastTest: testResult.extend( { at: z.iso.datetime() } ).nullable(),
		/** Null: it is off. */
		sandbox: sandboxView.nullable(),
		/** Null: none was chosen; also for who may not manage the accounts. */
		backup: backupView.nullable(),
		/** Sites on the server that say that they are no production, at most three; their own words. */
		notProduction: z.array( z.object( { name: z.string(), environment: z.enum( environments ) } ) ),
	} ),
	/**
	 * Until the present owner has installed something: since when the server is theirs, and whether the gateway of a former
	 * owner still delivers its mail. null where it always had the same one.
	 */
	handedOver: z.object( { at: z.iso.datetime(), gatewayStays: z.boolean() } ).nullable(),
	/** The job that runs or waits, else the last one. */
	job: jobView.nullable(),
	/** False for who may not manage them. */
	defaultsSaved: z.boolean(),
	/** What can be filled in, for who may manage the accounts: with the view, so that the screen asks nothing first. */
	accounts: z.array( offeredAccount ),
} );
export type ServerView = z.infer< typeof serverView >;

/** One row of the servers list. */
export const serverSummary = z.object( {
	serverId: z.number(),
	host: z.string().nullable(),
	state: gatewayState,
	since,
	/** A gateway, or a change that was never seen to end, would stay behind on the server if its entry were deleted. */
	hasGateway: z.boolean(),
	lastTest: z.object( { at: z.iso.datetime(), outcome: deliveryOutcome } ).nullable(),
	sandbox: z.boolean(),
	/** It, or a route of it, sends by its backup account; false for who may not manage the accounts. */
	backup: z.boolean(),
	/** Of the open alerts of it that neither `state` nor `backup` says, the first; null: there is none. */
	alert: z.enum( alertTroubles ).nullable(),
	/** When something was last known of the gateway; null before there is one. */
	checkedAt: z.iso.datetime().nullable(),
} );
export type ServerSummary = z.infer< typeof serverSummary >;
