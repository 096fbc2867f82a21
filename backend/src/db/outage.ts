import type { Logger } from '../logger.ts';

/** The database being away, told once however many notice it, and once more when it is back. */
export interface Outage {
	/** @return whether the error says that the database is away: whoever met it need not tell it again. */
	noticed( error: unknown ): boolean;
	stop(): void;
}

export const neverAway: Outage = { noticed: () => false, stop: () => {} };

const probeEveryMs = 1000;

/** Asks the database that is away by `probe` until it answers. */
export function watchOutage( probe: () => Promise< void >, { log }: { log: Logger } ): Outage {
	let since: number | null = null;
	let timer: NodeJS.Timeout | undefined;
	const look = () => {
		timer = setTimeout( () => {
			probe().then( () => {
				const seconds = Math.round( ( Date.now() - ( since ?? Date.now() ) ) / 1000 );
				since = null;
				log.info( { seconds }, 'the database is back' );
			}, look );
		}, probeEveryMs );
		timer.unref();
	};
	return {
		noticed( error ) {
			if ( ! isAway( error ) ) {
				return false;
			}
			if ( since === null ) {
				since = Date.now();
				log.error( { err: error }, 'the database is away; waiting for it' );
				look();
			}
			return true;
		},
		stop: () => clearTimeout( timer ),
	};
}

const codes =
	/^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08...|57P0[123]|53300)$/;
const messages = /Connection terminated|timeout exceeded when trying to connect|connection error|not queryable/i;

/** Whether a driver's error is about the connection, and not about what was asked. */
export function isAway( error: unknown ): boolean {
	const { code, message, cause, errors } = ( error ?? {} ) as {
		code?: unknown;
		message?: unknown;
		cause?: unknown;
		errors?: unknown[];
	};
	return (
		( typeof code === 'string' && codes.test( code ) ) ||
		( typeof message === 'string' && messages.test( message ) ) ||
		( cause !== undefined && isAway( cause ) ) ||
		Boolean( errors?.some( isAway ) )
	);
}

/** Waits until the database lets in, and tells once why it does not. Errors: that of `signal`. */
export async function untilItAnswers( probe: () => Promise< void >, { log }: { log: Logger } ): Promise< void > {
	const since = Date.now();
	for ( let tries = 0; ; tries++ ) {
		try {
			await probe();
			break;
		} catch ( error ) {
			if ( tries === 0 ) {
				log.error( { err: error }, 'the database cannot be used yet; waiting for it' );
			}
			await new Promise( ( resolve ) => setTimeout( resolve, probeEveryMs ) );
		}
	}
	if ( Date.now() - since > probeEveryMs ) {
		log.info( { seconds: Math.round( ( Date.now() - since ) / 1000 ) }, 'the database is back' );
	}
}
