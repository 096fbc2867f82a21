import type { MailOutcome } from '@email-gateway/shared';
import type { Mail } from './mail.ts';

/** How many more or fewer recipients of one hour, user and outcome there are. */
export interface Count {
	hour: number;
	uid: number;
	outcome: MailOutcome;
	messages: number;
}

const hourMs = 3_600_000;

/** What changes in the counts when `before` becomes `after`. Each recipient counts once, in the hour of its message. */
export function countChanges( before: readonly Mail[], after: readonly Mail[] ): Count[] {
	const counts = new Map< string, Count >();
	const add = ( mails: readonly Mail[], messages: number ) => {
		for ( const { at, uid, recipients } of mails ) {
			for ( const { outcome } of recipients ) {
				const of = { hour: Math.floor( at / hourMs ) * hourMs, uid: uid ?? -1, outcome };
				const key = `${ of.hour } ${ of.uid } ${ outcome }`;
				counts.set( key, { ...of, messages: ( counts.get( key )?.messages ?? 0 ) + messages } );
			}
		}
	};
	add( before, -1 );
	add( after, 1 );
	return [ ...counts.values() ].filter( ( { messages } ) => messages !== 0 );
}
