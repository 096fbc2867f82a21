import { askOperator } from './ask-operator.ts';
import { readConfig } from './config.ts';

// Second half of a change of the master key: the running backend, which has the new key, seals everything with it.
try {
	const { resealed } = await askOperator< { resealed: number } >( readConfig( process.env ).dataDir, '/reseal' );
	process.stderr.write( 'Every secret is sealed with the first master key now. The others may go.\n' );
	process.stdout.write( `${ resealed }\n` );
} catch ( error ) {
	process.stderr.write( `${ ( error as Error ).message }\n` );
	process.exitCode = 1;
}
