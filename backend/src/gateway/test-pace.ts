import type { Desired } from './desired.ts';
import { waitingProgram } from './waiting-files.ts';

/** Only for tests: what decides how often waiting mail is tried, read from what is written on a server. */
export interface Pace {
	/** Up to so many refused messages keep Postfix's own pace. */
	pacedFrom: number;
	/** Seconds after which Postfix tries one of them again at the earliest. */
	backoffS: number;
	/** Of more than those, one message is let go each so many seconds. */
	everyS: number;
}

export function paceOf( { mainCf, files }: Pick< Desired, 'mainCf' | 'files' > ): Pace {
	const content = ( end: string ) => String( files.find( ( { name } ) => name.endsWith( end ) )?.content );
	const number = ( pattern: RegExp, text: string ) => Number( pattern.exec( text )?.[ 1 ] );
	const isByCron = /^\* \* \* \* \* root /m.test( content( '/cron.d/email-gateway-waiting' ) );
	return {
		pacedFrom: number( /^paced_from=(\d+)$/m, content( waitingProgram ) ),
		backoffS: number( /^minimal_backoff_time = (\d+)s$/m, mainCf( 1 ) ),
		everyS: isByCron ? 60 : number( /^OnUnitInactiveSec=(\d+)s$/m, content( '.timer' ) ),
	};
}

/**
 * How often, at most, mail that waits for an account is tried again in any hour, however much it is: few messages at
 * Postfix's pace, each once in `backoffS`, or many, one each `everyS`. The first try of mail that comes is not in it.
 */
export const triesAnHour = ( { pacedFrom, backoffS, everyS }: Pace ): number =>
	Math.max( pacedFrom * Math.ceil( 3600 / backoffS ), Math.ceil( 3600 / everyS ) );
