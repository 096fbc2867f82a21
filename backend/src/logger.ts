import { pino, type DestinationStream, type Logger } from 'pino';
import { spelledOut } from './ssh/text.ts';

export type { Logger };

/** Field names whose values never reach a log line, at the depths at which we log objects. */
const secretFields = [ 'password', 'passphrase', 'privateKey', 'sudoPassword', 'secret', 'authorization', 'signature' ];

/**
 * What is logged of an error. Drivers hang on to theirs what they were doing: a client with its queries and their values, or
 * the row that was refused.
 */
function errorOf( error: Error ): object {
	const { type, message, stack, code, detail } = pino.stdSerializers.err( error );
	return {
		...{ type, message, stack },
		...( code !== undefined && { code } ),
		// of ours; PostgreSQL's is the text of a row
		...( typeof detail === 'object' && { detail } ),
	};
}

/** JSON lines on stdout (or `destination`). Secrets are redacted by name, and `Secret` prints itself as `***`; what would
 * turn round or hide a part of a line is spelled out. */
export function makeLogger( { level, destination }: { level: string; destination?: DestinationStream } ): Logger {
	const paths = secretFields.flatMap( ( field ) => [ field, `*.${ field }`, `*.*.${ field }`, `*.*.*.${ field }` ] );
	const hooks = { streamWrite: spelledOut };
	const options = { level, base: null, redact: { paths, censor: '***' }, hooks, serializers: { err: errorOf } };
	return destination ? pino( options, destination ) : pino( options );
}
