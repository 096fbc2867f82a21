import { z } from 'zod';
import { domainName, hostName, note, oneLine, port, smtpUserName } from './fields.ts';
import { passwordChoice } from './settings.ts';

const visible = {
	smtpServer: hostName,
	smtpPort: port,
	userName: smtpUserName,
	sendingDomain: domainName,
	note: note.default( '' ),
};

const chosen = {
	/** What people call it: no two of a site have the same, in whatever case. */
	name: oneLine( 80 ).trim().min( 1, { error: 'required' } ),
	/** What new servers are offered, and customers where they may use it. One of a site, which it takes from another. */
	isDefault: z.boolean(),
	/** Messages that the provider takes in a day; null: not known. */
	dailyLimit: z
		.int( { error: 'invalid' } )
		.min( 1, { error: 'invalid' } )
		.max( 100_000_000, { error: 'invalid' } )
		.nullable(),
};

/** `id` null: a new one. `saved`: its own password, as long as SMTP Server and User Name stay. */
export const accountInput = z.strictObject( {
	id: z.uuid().nullable(),
	...chosen,
	...visible,
	password: passwordChoice,
} );
export type AccountInput = z.infer< typeof accountInput >;

/**
 * What an account has to do with a server's backup: `backup` it is that · `on_backup` and the server sends by it at present ·
 * `first` the server's own, which it goes back to.
 */
export const backupUses = [ 'backup', 'on_backup', 'first' ] as const;
export type BackupUse = ( typeof backupUses )[ number ];

/** The most servers that one account lists. */
export const mostServersOfAccount = 50;

export const accountView = z.object( {
	id: z.uuid(),
	...chosen,
	...visible,
	/** Counts how often it was saved. */
	version: z.number(),
	at: z.iso.datetime(),
	/** When its provider last let it in, or took a test email, with the values that are saved now; null: not yet. */
	proved: z.object( { at: z.iso.datetime(), by: z.enum( [ 'sign_in', 'test_email' ] ) } ).nullable(),
	/**
	 * Messages that the provider accepted since midnight (UTC), and how many it takes in a day, as typed or as its preset says
	 * (null: not known). Null for who does not manage the site: it would tell of servers that are not theirs.
	 */
	today: z.object( { used: z.number(), limit: z.number().nullable() } ).nullable(),
	usedBy: z.object( {
		/** By their settings, by a route, or with it as their backup or as what they go back to. */
		servers: z.number(),
		withOlderValues: z.number(),
		/** The first 50 by host, for who manages the site; `routes`: the Unix users there whose mail leaves by it. */
		listed: z.array(
			z.object( {
				...{ serverId: z.number(), host: z.string(), hasOlderValues: z.boolean() },
				routes: z.array( z.object( { user: z.string(), hasOlderValues: z.boolean() } ) ),
				backup: z.enum( backupUses ).nullable(),
				/** The same of its routes, by their Unix users. */
				routeBackups: z.array( z.object( { user: z.string(), backup: z.enum( backupUses ) } ) ),
			} )
		),
		/** Channels of alerts: their names, or kinds. */
		channels: z.array( z.string() ),
	} ),
} );
export type AccountView = z.infer< typeof accountView >;

/** One that a form can be filled in from. */
export const offeredAccount = accountView.pick( {
	...{ id: true, name: true, isDefault: true },
	...{ smtpServer: true, smtpPort: true, userName: true, sendingDomain: true },
} );
export type OfferedAccount = z.infer< typeof offeredAccount >;

export const accountsView = z.object( {
	/** By name, the default first. */
	accounts: z.array( accountView ),
	/** Customers may use the default one without being shown it. */
	customersMayUse: z.boolean(),
} );
export type AccountsView = z.infer< typeof accountsView >;

/** What Update Servers began. */
export const accountUpdate = z.object( {
	/** Servers whose change was queued. */
	started: z.number(),
	/** Servers that cannot be changed from here: another plugin keeps how to reach them, or nobody trusted them. */
	left: z.array( z.object( { serverId: z.number(), host: z.string() } ) ),
} );
