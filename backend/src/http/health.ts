import type { RequestHandler } from 'express';
import type { App } from '../app.ts';
import { answers } from '../db/database.ts';
import { GatewayError } from '../errors.ts';
import { instance } from '../instance.ts';
import { version } from '../version.ts';

/** The process answers. */
export const health: RequestHandler = ( _request, response ) => {
	response.json( { status: 'ok', version, instance } );
};

/** It can also do its work: the database answers, the master key opens what is there, and jobs are taken where this process takes them. */
export function ready( { db, queue, config, keyFits }: App ): RequestHandler {
	return async ( _request, response ) => {
		await answers( db ).catch( () => {
			throw new GatewayError( 'not_ready', { reason: 'database' } );
		} );
		if ( ! keyFits ) {
			throw new GatewayError( 'not_ready', { reason: 'master_key' } );
		}
		if ( config.role !== 'web' && ! queue.isWorking() ) {
			throw new GatewayError( 'not_ready', { reason: 'worker' } );
		}
		response.json( { status: 'ready', version } );
	};
}
