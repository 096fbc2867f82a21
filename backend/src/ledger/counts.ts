import type { MailOutcome } from '@email-gateway/shared';
import { delayStep } from './delays.ts';
import type { Mail } from './mail.ts';

/** How many more or fewer recipients of one hour or day (UTC), user and outcome there are. */
export interface Count {
	per: 'hour' | 'day';
	/** When it begins, in milliseconds since the epoch. */
	at: number;
	uid: number;
	outcome: MailOutcome;
	messages: number;
}

const periods = { hour: 3_600_000, day: 86_400_000 } as const;

/**
 * What changes in the counts when `before` becomes `after`. Each recipient counts once in the hour of its message, and once in
 * its day.
 */
export function countChanges( before: readonly Mail[], after: readonly Mail[] ): Count[] {
	const counts = new Map< string, Count >();
	const add = ( mails: readonly Mail[], messages: number ) => {
		for ( const { at, uid, recipients } of mails ) {
			for ( const { outcome } of recipients ) {
				for ( const per of [ 'hour', 'day' ] as const ) {
					const of = { per, at: Math.floor( at / periods[ per ] ) * periods[ per ], uid: uid ?? -1, outcome };
					const key = `${ per } ${ of.at } ${ of.uid } ${ outcome }`;
					counts.set( key, { ...of, messages: ( counts.get( key )?.messages ?? 0 ) + messages } );
				}
			}
		}
	};
	add( before, -1 );
	add( after, 1 );
	return [ ...counts.values() ].filter( ( { messages } ) => messages !== 0 );
}

/** How many more or fewer recipients were accepted after so long. */
export interface DelayCount extends Omit< Count, 'outcome' > {
	step: number;
}

/** What changes in the counts of delays when `before` becomes `after`. */
export function delayChanges( before: readonly Mail[], after: readonly Mail[] ): DelayCount[] {
	const counts = new Map< string, DelayCount >();
	const add = ( mails: readonly Mail[], messages: number ) => {
		for ( const { at, uid, recipients } of mails ) {
			for ( const { outcome, delayMs } of recipients ) {
				if ( outcome !== 'accepted' || delayMs === null ) {
					continue;
				}
				for ( const per of [ 'hour', 'day' ] as const ) {
					const step = delayStep( delayMs );
					const of = { per, at: Math.floor( at / periods[ per ] ) * periods[ per ], uid: uid ?? -1, step };
					const key = `${ per } ${ of.at } ${ of.uid } ${ step }`;
					counts.set( key, { ...of, messages: ( counts.get( key )?.messages ?? 0 ) + messages } );
				}
			}
		}
	};
	add( before, -1 );
	add( after, 1 );
	return [ ...counts.values() ].filter( ( { messages } ) => messages !== 0 );
}
