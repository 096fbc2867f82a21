import { request } from 'node:http';
import { operatorSocket } from './operator-socket.ts';

/** Asks the backend that runs on this data folder to do one thing. Errors: an Error in one sentence. */
export function askOperator< Answer >( dataDir: string, path: string ): Promise< Answer > {
	const socketPath = operatorSocket( dataDir );
	return new Promise( ( resolve, reject ) => {
		const asked = request( { socketPath, method: 'POST', path, timeout: 60_000 }, async ( response ) => {
			const chunks: Buffer[] = [];
			for await ( const chunk of response ) {
				chunks.push( chunk );
			}
			if ( response.statusCode === 200 ) {
				resolve( JSON.parse( Buffer.concat( chunks ).toString( 'utf8' ) ) );
			} else {
				reject( new Error( 'The backend could not do it; its log says why.' ) );
			}
		} );
		asked.on( 'timeout', () => asked.destroy( new Error( 'The backend did not answer within a minute.' ) ) );
		asked.on( 'error', ( error: NodeJS.ErrnoException ) => {
			const isDown = error.code === 'ENOENT' || error.code === 'ECONNREFUSED';
			reject(
				isDown
					? new Error(
							`No backend is running on ${ socketPath }: start it first, with the same EMAIL_GATEWAY_DATA_DIR.`
					  )
					: error
			);
		} );
		asked.end();
	} );
}
