import { endpoints } from '@email-gateway/shared';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { App } from '../app.ts';
import { readAlerts, saveAlerts, sendTestAlert } from './alerts.ts';
import { readAudit, readSiteAudit } from './audit.ts';
import { publicKeys } from '../db/sites.ts';
import { checkConnection, forgetServer, saveConnection, trustHostKey } from './connection.ts';
import { checkDefaults } from './check-defaults.ts';
import { findDefaults } from './find-defaults.ts';
import { readDefaults, saveDefaults } from './defaults.ts';
import { deleteCredentials, deleteDefaults } from './delete-credentials.ts';
import { docsPage } from './docs-page.ts';
import {
	checkSettings,
	deliverFormerMail,
	deliverWaitingMail,
	findSettings,
	installGateway,
	previewChanges,
	removeGateway,
	sendTestEmail,
} from './gateway.ts';
import { health, ready } from './health.ts';
import { offerIncludedGateway, useIncludedGateway } from './included-gateway.ts';
import { cancelJob, readJob } from './jobs.ts';
import { mailCounters, readFleetMailLog, readMailLog, readMessage } from './mail-log.ts';
import { makeKnownKeys } from './known-keys.ts';
import { lendConnection } from './lend-connection.ts';
import { perActor, perAddress, perSite } from './limits.ts';
import { mount } from './mount.ts';
import { answering, notFound, onError } from './on-error.ts';
import { openApi } from './openapi.ts';
import { pairingHandler } from './pairing.ts';
import { rawBody } from './request.ts';
import { rotateKey } from './rotate-key.ts';
import { listServers, readServer } from './server-view.ts';
import { confirmMove, endPairing, readSite } from './site.ts';

/** The whole API on one screen, grouped by who may call. `now` gives milliseconds since the epoch. */
export function makeServer( app: App, { now = Date.now }: { now?: () => number } = {} ): Express {
	const server = express();
	server.disable( 'x-powered-by' ).enable( 'case sensitive routing' ).set( 'trust proxy', 'loopback' );
	server.use( helmet() );

	// anyone
	// counted apart: whoever watches whether it lives must not be shut out by who asks for the rest
	server.get( '/health', perAddress( { limit: 600 } ), health );
	const unsigned = perAddress( { limit: 600 } );
	server.get( '/ready', unsigned, ready( app ) );
	const description = openApi( app );
	const page = docsPage( description );
	server.get( '/openapi.json', unsigned, ( _request, response ) => void response.json( description ) );
	server.get( '/docs', unsigned, ( _request, response ) => void response.type( 'html' ).send( page ) );

	const router = express.Router( { caseSensitive: true, strict: true } );
	server.use( '/v1', rawBody, router );
	const keys = makeKnownKeys( ( keyIds ) => publicKeys( app.db, app.vault, keyIds ) );
	const on = { router, app, keys, now, limits: [ perSite(), perActor() ] };

	// whoever holds a one-time code
	const { pairSite } = endpoints;
	router.post( pairSite.path, answering( pairSite ), perAddress( { limit: 20 } ), pairingHandler( app, now ) );

	// who manages the site
	mount( on, endpoints.readSite, ( _input, caller ) => readSite( app, caller ) );
	mount( on, endpoints.confirmMove, ( _input, caller ) => confirmMove( app, caller ) );
	mount( on, endpoints.rotateKey, ( input, caller ) => rotateKey( app, input, caller, now() ) );
	mount( on, endpoints.endPairing, ( _input, caller ) => endPairing( app, caller ) );

	mount( on, endpoints.readAlerts, ( _input, caller ) => readAlerts( app, caller ) );
	mount( on, endpoints.saveAlerts, ( input, caller ) => saveAlerts( app, input, caller ) );
	mount( on, endpoints.sendTestAlert, ( _input, caller ) => sendTestAlert( app, caller ) );

	// who manages the defaults
	mount( on, endpoints.readDefaults, ( _input, caller ) => readDefaults( app, caller ) );
	mount( on, endpoints.saveDefaults, ( input, caller ) => saveDefaults( app, input, caller ) );
	mount( on, endpoints.deleteDefaults, ( _input, caller ) => deleteDefaults( app, caller ) );
	mount( on, endpoints.checkDefaults, ( input, caller ) => checkDefaults( app, input, caller ) );
	mount( on, endpoints.findDefaults, ( input, caller ) => findDefaults( app, input, caller ) );
	mount( on, endpoints.offerIncludedGateway, ( input, caller ) => offerIncludedGateway( app, input, caller ) );

	// who may change this server's connection
	mount( on, endpoints.saveConnection, ( input, caller ) => saveConnection( app, input, caller ) );
	mount( on, endpoints.checkConnection, ( _input, caller ) => checkConnection( app, caller ) );
	mount( on, endpoints.trustHostKey, ( input, caller ) => trustHostKey( app, input, caller ) );
	mount( on, endpoints.forgetServer, ( _input, caller ) => forgetServer( app, caller ) );

	// who may see this server's mail log
	mount( on, endpoints.readMailLog, ( input, caller ) => readMailLog( app, input, caller ) );
	mount( on, endpoints.readFleetMailLog, ( input, caller ) => readFleetMailLog( app, input, caller ) );
	mount( on, endpoints.readMessage, ( input, caller ) => readMessage( app, input, caller ) );
	mount( on, endpoints.mailCounters, ( input, caller ) => mailCounters( app, input, caller ) );

	// who may run this server's gateway
	mount( on, endpoints.listServers, ( input, caller ) => listServers( app, input, caller ) );
	mount( on, endpoints.readServer, ( _input, caller ) => readServer( app, caller ) );
	mount( on, endpoints.previewChanges, ( input, caller ) => previewChanges( app, input, caller ) );
	mount( on, endpoints.checkSettings, ( input, caller ) => checkSettings( app, input, caller ) );
	mount( on, endpoints.findSettings, ( input, caller ) => findSettings( app, input, caller ) );
	mount( on, endpoints.installGateway, ( input, caller ) => installGateway( app, input, caller ) );
	mount( on, endpoints.useIncludedGateway, ( _input, caller ) => useIncludedGateway( app, caller ) );
	mount( on, endpoints.sendTestEmail, ( input, caller ) => sendTestEmail( app, input, caller ) );
	mount( on, endpoints.deliverFormerMail, ( input, caller ) => deliverFormerMail( app, input, caller ) );
	mount( on, endpoints.deliverWaitingMail, ( input, caller ) => deliverWaitingMail( app, input, caller ) );
	mount( on, endpoints.removeGateway, ( input, caller ) => removeGateway( app, input, caller ) );
	mount( on, endpoints.lendConnection, ( _input, caller ) => lendConnection( app, caller ) );
	mount( on, endpoints.deleteCredentials, ( _input, caller ) => deleteCredentials( app, caller ) );
	mount( on, endpoints.readJob, ( input, caller ) => readJob( app, input, caller ) );
	mount( on, endpoints.cancelJob, ( _input, caller ) => cancelJob( app, caller ) );

	// who may see what was done to this server
	mount( on, endpoints.readSiteAudit, ( input, caller ) => readSiteAudit( app, input, caller ) );
	mount( on, endpoints.readAudit, ( input, caller ) => readAudit( app, input, caller ) );

	server.use( notFound, onError( app ) );
	return server;
}
