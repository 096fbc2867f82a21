import { request } from 'node:http';
import { operatorSocket } from './operator-socket-path.ts';

const isDown = ( path: string ) =>
	`No backend is running on ${ path }: start it first, with the same EMAIL_GATEWAY_DATA_DIR.`;
const sentences: Record< string, ( path: string ) => string > = {
	ENOENT: isDown,
	ECONNREFUSED: isDown,
	EACCES: ( path ) => `${ path } can be asked only by root and by the user of the backend: try again with sudo.`,
};

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
				reject( new Error( 'The backend could not do this. Its log says why.' ) );
			}
		} );
		asked.on( 'timeout', () => asked.destroy( new Error( 'The backend did not answer within a minute.' ) ) );
		asked.on( 'error', ( error: NodeJS.ErrnoException ) => {
			const sentence = error.code && sentences[ error.code ];
			reject( sentence ? new Error( sentence( socketPath ) ) : error );
		} );
		asked.end();
	} );
}
