import { z } from 'zod';
import { nothing } from './endpoint.ts';
import { endpoints } from './endpoints.ts';

// Routes of the plugin that WordPress answers itself, without the backend or around it. Their types on the screens are
// made from these.

/** What WordPress itself knows of its pairing. */
export const pairingState = z.object( {
	paired: z.boolean(),
	/** False where the salts of wp-config.php have changed since: its key is lost. */
	keyReadable: z.boolean(),
	/** Whether pairing again at the same backend keeps the servers: the key that shows that it is the same site is here. */
	keepsServers: z.boolean(),
	backendUrl: z.string().nullable(),
	/** The address this site was paired as. */
	siteUrl: z.string().nullable(),
	/** True where this WordPress now has another address: a copy, or a move to confirm. */
	moved: z.boolean(),
	/** Of this site's public key. */
	fingerprint: z.string().nullable(),
	/** ISO 8601. */
	pairedAt: z.string().nullable(),
} );
export type PairingState = z.infer< typeof pairingState >;

/** The name of a server as it was typed, and the address of its screen. */
export const namedServer = z.object( { title: z.string(), url: z.string() } );
export type NamedServer = z.infer< typeof namedServer >;

/** Where another plugin says a server is. */
export const suppliedAddress = z.object( {
	from: z.literal( 'wpclouddeploy' ),
	host: z.string(),
	sshPort: z.int(),
	sshUser: z.string(),
} );
export type SuppliedAddress = z.infer< typeof suppliedAddress >;

const savedGateway = { smtpServer: z.string(), smtpPort: z.int(), userName: z.string(), sendingDomain: z.string() };

/** What WPCloudDeploy saved of its own gateway, without passwords. */
export const importable = z.object( {
	defaults: z.object( savedGateway ).nullable(),
	servers: z.array( z.object( { ...savedGateway, serverId: z.int(), title: z.string(), url: z.string() } ) ),
} );
export type Importable = z.infer< typeof importable >;

/** A test of Tools → Site Health, as WordPress takes it. */
const siteHealthTest = z.object( {
	label: z.string(),
	status: z.enum( [ 'good', 'recommended', 'critical' ] ),
	badge: z.object( { label: z.string(), color: z.string() } ),
	description: z.string(),
	actions: z.string(),
	test: z.string(),
} );

/** By method and path below the plugin's namespace. */
export const ownRoutes = {
	'GET /pairing': { request: nothing, response: pairingState },
	'POST /pairing': {
		request: z.strictObject( { backendUrl: z.string(), code: z.string() } ),
		response: pairingState,
	},
	'DELETE /pairing': { request: nothing, response: pairingState },
	'GET /site-health': { request: nothing, response: siteHealthTest },
	'GET /site-health/gateways': { request: nothing, response: siteHealthTest },
	'GET /servers/:serverId/entry': { request: nothing, response: namedServer },
	'GET /servers/:serverId/address': { request: nothing, response: suppliedAddress },
	'GET /wpcd-import': { request: nothing, response: importable },
	'POST /wpcd-import/defaults': { request: nothing, response: endpoints.saveAccount.response },
	'POST /wpcd-import/servers/:serverId': { request: nothing, response: endpoints.installGateway.response },
} as const;
