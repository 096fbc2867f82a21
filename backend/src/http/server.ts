import express, { type Express } from 'express';
import helmet from 'helmet';
import type { App } from '../app.ts';
import { publicKeys } from '../db/sites.ts';
import { acknowledgeIncident } from './calls/acknowledge-incident.ts';
import { cancelJob } from './calls/cancel-job.ts';
import { changeQueue } from './calls/change-queue.ts';
import { checkConnection } from './calls/check-connection.ts';
import { checkAccount } from './calls/check-account.ts';
import { checkSettings } from './calls/check-settings.ts';
import { confirmMove } from './calls/confirm-move.ts';
import { deleteChannel } from './calls/delete-channel.ts';
import { deleteCredentials } from './calls/delete-credentials.ts';
import { deleteAccount } from './calls/delete-account.ts';
import { deleteOwnChannel } from './calls/delete-own-channel.ts';
import { deliverFormerMail } from './calls/deliver-former-mail.ts';
import { deliverWaitingMail } from './calls/deliver-waiting-mail.ts';
import { endPairing } from './calls/end-pairing.ts';
import { eraseAddress } from './calls/erase-address.ts';
import { findAccount } from './calls/find-account.ts';
import { findServers } from './calls/find-servers.ts';
import { findSettings } from './calls/find-settings.ts';
import { forgetServer } from './calls/forget-server.ts';
import { installGateway } from './calls/install-gateway.ts';
import { lendConnection } from './calls/lend-connection.ts';
import { listServers } from './calls/list-servers.ts';
import { mailCounters } from './calls/mail-counters.ts';
import { makeServerKey } from './calls/make-server-key.ts';
import { mirrorServers } from './calls/mirror-servers.ts';
import { muteIncident } from './calls/mute-incident.ts';
import { offerIncludedGateway } from './calls/offer-included-gateway.ts';
import { pairSite } from './calls/pair-site.ts';
import { capSite } from './calls/cap-site.ts';
import { chooseBackup, endBackup, switchBack, switchToBackup } from './calls/change-backup.ts';
import * as ofRoute from './calls/change-route-backup.ts';
import { checkRoute, removeRoute, routeOthers, setRoute } from './calls/change-routes.ts';
import { changeDoors, previewDoors } from './calls/change-doors.ts';
import { previewSandbox, turnOffSandbox, turnOnSandbox } from './calls/change-sandbox.ts';
import { pauseSite, resumeSite } from './calls/pause-site.ts';
import { previewChanges } from './calls/preview-changes.ts';
import { readAddress } from './calls/read-address.ts';
import { readAlerts } from './calls/read-alerts.ts';
import { readAudit } from './calls/read-audit.ts';
import { readAccounts } from './calls/read-accounts.ts';
import { readFleetMailLog } from './calls/read-fleet-mail-log.ts';
import { readJob } from './calls/read-job.ts';
import { readMailLog } from './calls/read-mail-log.ts';
import { readMailSettings } from './calls/read-mail-settings.ts';
import { readMessage } from './calls/read-message.ts';
import { readOwnAlerts } from './calls/read-own-alerts.ts';
import { readQueue } from './calls/read-queue.ts';
import { readServer } from './calls/read-server.ts';
import { readSiteAudit } from './calls/read-site-audit.ts';
import { readSite } from './calls/read-site.ts';
import { refreshQueue } from './calls/refresh-queue.ts';
import { readSites } from './calls/read-sites.ts';
import { removeGateway } from './calls/remove-gateway.ts';
import { rotateKey } from './calls/rotate-key.ts';
import { saveChannel } from './calls/save-channel.ts';
import { saveConnection } from './calls/save-connection.ts';
import { saveAccount } from './calls/save-account.ts';
import { saveOwnChannel } from './calls/save-own-channel.ts';
import { saveMailSettings } from './calls/save-mail-settings.ts';
import { sendOwnTestAlert } from './calls/send-own-test-alert.ts';
import { sendTestAlert } from './calls/send-test-alert.ts';
import { sendTestEmail } from './calls/send-test-email.ts';
import { trustHostKey } from './calls/trust-host-key.ts';
import { updateServers } from './calls/update-servers.ts';
import { useIncludedGateway } from './calls/use-included-gateway.ts';
import { docsPage } from './docs-page.ts';
import { health, ready } from './health.ts';
import { makeKnownKeys } from './known-keys.ts';
import { perActor, perAddress, perSite } from './limits.ts';
import { metrics } from './metrics.ts';
import { mount, mountPairing } from './mount.ts';
import { notFound, onError } from './on-error.ts';
import { openApi } from './openapi.ts';
import { rawBody } from './request.ts';

/** The whole API on one screen, grouped by who may call. `now` gives milliseconds since the epoch. */
export function makeServer( app: App, { now = Date.now }: { now?: () => number } = {} ): Express {
	const server = express();
	server.disable( 'x-powered-by' ).enable( 'case sensitive routing' );
	server.set( 'trust proxy', [ 'loopback', ...app.config.trustedProxies ] );
	server.use( helmet() );

	// anyone
	// counted apart: whoever watches whether it lives must not be shut out by who asks for the rest
	server.get( '/health', perAddress( { limit: 600 } ), health );
	const unsigned = perAddress( { limit: 600 } );
	server.get( '/ready', unsigned, ready( app ) );
	server.get( '/metrics', unsigned, metrics( app ) );
	const description = openApi( app );
	const page = docsPage( description );
	server.get( '/openapi.json', unsigned, ( _request, response ) => void response.json( description ) );
	server.get( '/docs', unsigned, ( _request, response ) => void response.type( 'html' ).send( page ) );

	const router = express.Router( { caseSensitive: true, strict: true } );
	server.use( '/v1', rawBody, router );
	const keys = makeKnownKeys( ( keyIds ) => publicKeys( app.db, app.vault, keyIds ) );
	const on = { router, app, keys, now, limits: [ perSite(), perActor() ] };

	// whoever holds a one-time code
	mountPairing( on, pairSite, perAddress( { limit: 20 } ) );

	// who manages the site
	mount( on, 'readSite', readSite );
	mount( on, 'confirmMove', confirmMove );
	mount( on, 'rotateKey', rotateKey );
	mount( on, 'endPairing', endPairing );
	mount( on, 'readAlerts', readAlerts );
	mount( on, 'saveChannel', saveChannel );
	mount( on, 'deleteChannel', deleteChannel );
	mount( on, 'sendTestAlert', sendTestAlert );
	mount( on, 'readMailSettings', readMailSettings );
	mount( on, 'saveMailSettings', saveMailSettings );
	mount( on, 'readAddress', readAddress );
	mount( on, 'eraseAddress', eraseAddress );
	mount( on, 'acknowledgeIncident', acknowledgeIncident );
	mount( on, 'muteIncident', muteIncident );
	mount( on, 'readSiteAudit', readSiteAudit );
	mount( on, 'mirrorServers', mirrorServers );

	// who manages the accounts, with the default one
	mount( on, 'readAccounts', readAccounts );
	mount( on, 'saveAccount', saveAccount );
	mount( on, 'deleteAccount', deleteAccount );
	mount( on, 'checkAccount', checkAccount );
	mount( on, 'updateServers', updateServers );
	mount( on, 'findAccount', findAccount );
	mount( on, 'offerIncludedGateway', offerIncludedGateway );

	// who may change this server's connection
	mount( on, 'makeServerKey', makeServerKey );
	mount( on, 'saveConnection', saveConnection );
	mount( on, 'checkConnection', checkConnection );
	mount( on, 'trustHostKey', trustHostKey );
	mount( on, 'forgetServer', forgetServer );

	// who may see this server's mail log
	mount( on, 'readMailLog', readMailLog );
	mount( on, 'readFleetMailLog', readFleetMailLog );
	mount( on, 'readMessage', readMessage );
	mount( on, 'mailCounters', mailCounters );
	mount( on, 'readQueue', readQueue );

	// who may run this server's gateway
	mount( on, 'listServers', listServers );
	mount( on, 'findServers', findServers );
	mount( on, 'readServer', readServer );
	mount( on, 'readSites', readSites );
	mount( on, 'previewSandbox', previewSandbox );
	mount( on, 'previewDoors', previewDoors );
	mount( on, 'changeDoors', changeDoors );
	mount( on, 'turnOnSandbox', turnOnSandbox );
	mount( on, 'turnOffSandbox', turnOffSandbox );
	mount( on, 'chooseBackup', chooseBackup );
	mount( on, 'endBackup', endBackup );
	mount( on, 'switchToBackup', switchToBackup );
	mount( on, 'switchBack', switchBack );
	mount( on, 'chooseRouteBackup', ofRoute.chooseRouteBackup );
	mount( on, 'endRouteBackup', ofRoute.endRouteBackup );
	mount( on, 'switchRouteToBackup', ofRoute.switchRouteToBackup );
	mount( on, 'switchRouteBack', ofRoute.switchRouteBack );
	mount( on, 'checkRoute', checkRoute );
	mount( on, 'setRoute', setRoute );
	mount( on, 'removeRoute', removeRoute );
	mount( on, 'routeOthers', routeOthers );
	mount( on, 'pauseSite', pauseSite );
	mount( on, 'resumeSite', resumeSite );
	mount( on, 'capSite', capSite );
	mount( on, 'previewChanges', previewChanges );
	mount( on, 'checkSettings', checkSettings );
	mount( on, 'findSettings', findSettings );
	mount( on, 'installGateway', installGateway );
	mount( on, 'useIncludedGateway', useIncludedGateway );
	mount( on, 'sendTestEmail', sendTestEmail );
	mount( on, 'deliverFormerMail', deliverFormerMail );
	mount( on, 'deliverWaitingMail', deliverWaitingMail );
	mount( on, 'refreshQueue', refreshQueue );
	mount( on, 'changeQueue', changeQueue );
	mount( on, 'removeGateway', removeGateway );
	mount( on, 'lendConnection', lendConnection );
	mount( on, 'deleteCredentials', deleteCredentials );
	mount( on, 'readJob', readJob );
	mount( on, 'cancelJob', cancelJob );

	// who owns this server
	mount( on, 'readOwnAlerts', readOwnAlerts );
	mount( on, 'saveOwnChannel', saveOwnChannel );
	mount( on, 'deleteOwnChannel', deleteOwnChannel );
	mount( on, 'sendOwnTestAlert', sendOwnTestAlert );

	// who may see what was done to this server
	mount( on, 'readAudit', readAudit );

	server.use( notFound, onError( app ) );
	return server;
}
