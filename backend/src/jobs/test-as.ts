import type { SentAs } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { accountsOf } from '../db/accounts.ts';
import { noKeptRoutes, routesOn } from '../db/routes.ts';
import { otherRulesOn } from '../db/rules.ts';
import type { Server } from '../db/servers.ts';
import { accountOfVersion, type OfAccount, type SettingsVersion } from '../db/settings.ts';
import type { HoldingRules } from '../programs/test-held.ts';
import type { TestedUser } from './request.ts';

/** What holds mail of a server, and which way it leaves; null where that cannot be known, so that a test is sent all the same. */
export const holdingRules = ( app: App, server: Server ): Promise< HoldingRules | null > =>
	otherRulesOn( app, server ).catch( () => null );

const webServer = 'www-data';
/** Of `nobody`, on each Debian. */
const uidOfNobody = 65_534;

/** As whom the gateway's own account is tested where the web server's user has another: null: as that user. */
export const nobody = ( rules: HoldingRules | null ): number | null =>
	rules?.routes.list.some( ( { users } ) => users.some( ( { user } ) => user === webServer ) ) ? uidOfNobody : null;

interface Tested {
	as: TestedUser | null;
	/** What is installed, with the account of the gateway. */
	installed: SettingsVersion | undefined;
}

/** Which account a test was about: what is told of it where it was sent as a Unix user, and the saved one that it proves. */
export async function accountOfTest(
	app: App,
	server: Server,
	{ as, installed }: Tested
): Promise< { sentAs: SentAs | null; account: OfAccount | null } > {
	const ofGateway = installed ? accountOfVersion( installed ) : null;
	if ( ! as ) {
		return { sentAs: null, account: ofGateway };
	}
	const { routes } = await routesOn( app, server ).catch( () => noKeptRoutes );
	const route = routes.find( ( { uid } ) => uid === as.uid );
	const account = route ? route.account : ofGateway;
	const signIn = route ?? installed?.settings;
	const saved = account && ( await accountsOf( app.db, server.siteId ) ).find( ( { id } ) => id === account.id );
	return {
		account,
		sentAs: {
			...{ uid: as.uid, user: as.user, hasRoute: route !== undefined },
			account: signIn
				? { name: saved?.name ?? null, smtpServer: signIn.smtpServer, userName: signIn.userName }
				: null,
		},
	};
}
