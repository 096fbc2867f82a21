import { askOperator } from './ask-operator.ts';
import { readConfig } from './config.ts';

try {
	const { code, expiresAt } = await askOperator< { code: string; expiresAt: string } >(
		readConfig( process.env ).dataDir,
		'/pairing-code'
	);
	const minutes = Math.round( ( Date.parse( expiresAt ) - Date.now() ) / 60_000 );
	process.stderr.write( `Type this code under Settings → Email Gateway → Connection within ${ minutes } minutes:\n` );
	process.stdout.write( `${ code }\n` );
} catch ( error ) {
	process.stderr.write( `${ ( error as Error ).message }\n` );
	process.exitCode = 1;
}
