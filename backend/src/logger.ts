import { pino, type DestinationStream, type Logger } from 'pino';
import { spelledOut } from './ssh/text.ts';

export type { Logger };

/** Field names whose values never reach a log line, at the depths at which we log objects. */
const secretFields = [ 'password', 'passphrase', 'privateKey', 'sudoPassword', 'secret', 'authorization', 'signature' ];

/** JSON lines on stdout (or `destination`). Secrets are redacted by name, and `Secret` prints itself as `***`; what would
 * turn round or hide a part of a line is spelled out. */
export function makeLogger( { level, destination }: { level: string; destination?: DestinationStream } ): Logger {
	const paths = secretFields.flatMap( ( field ) => [ field, `*.${ field }`, `*.*.${ field }`, `*.*.*.${ field }` ] );
	const hooks = { streamWrite: spelledOut };
	const options = { level, base: null, redact: { paths, censor: '***' }, hooks };
	return destination ? pino( options, destination ) : pino( options );
}
