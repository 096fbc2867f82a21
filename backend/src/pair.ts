import { request } from 'node:http';
import { readConfig } from './config.ts';
import { operatorSocket } from './operator-socket.ts';

/** Asks the running backend for a one-time code. Errors: an Error in one sentence. */
function askForCode( socketPath: string ): Promise< { code: string; expiresAt: string } > {
	return new Promise( ( resolve, reject ) => {
		const asked = request(
			{ socketPath, method: 'POST', path: '/pairing-code', timeout: 10_000 },
			async ( response ) => {
				const chunks: Buffer[] = [];
				for await ( const chunk of response ) {
					chunks.push( chunk );
				}
				if ( response.statusCode === 200 ) {
					resolve( JSON.parse( Buffer.concat( chunks ).toString( 'utf8' ) ) );
				} else {
					reject( new Error( 'The backend could not make a code; its log says why.' ) );
				}
			}
		);
		asked.on( 'timeout', () => asked.destroy( new Error( 'The backend did not answer within 10 seconds.' ) ) );
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

try {
	const { code, expiresAt } = await askForCode( operatorSocket( readConfig( process.env ).dataDir ) );
	const minutes = Math.round( ( Date.parse( expiresAt ) - Date.now() ) / 60_000 );
	process.stderr.write( `Type this code under Settings → Email Gateway → Connection within ${ minutes } minutes:\n` );
	process.stdout.write( `${ code }\n` );
} catch ( error ) {
	process.stderr.write( `${ ( error as Error ).message }\n` );
	process.exitCode = 1;
}
