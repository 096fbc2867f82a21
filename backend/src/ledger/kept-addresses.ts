import { mailAddressForms, type MailAddressForm } from '@email-gateway/shared';
import { isShort, kept, withoutAddresses, type Hash } from './addresses.ts';
import type { Mail } from './mail.ts';
import type { ReadPiece } from './read-piece.ts';

/** How the addresses of one log are kept. */
export interface Keeping {
	form: MailAddressForm;
	hash: Hash;
}

type Event = ReadPiece[ 'events' ][ number ];

/** A message that was known, with its addresses as they are kept now. */
export const keptMail = ( mail: Mail, { form, hash }: Keeping ): Mail => {
	const of = mail.queueId;
	return {
		...mail,
		sender: mail.sender && kept( mail.sender, form, { of, hash } ),
		recipients: mail.recipients.map( ( one ) => ( {
			...one,
			recipient: one.recipient && kept( one.recipient, form, { of, hash } ),
			reply: one.reply && withoutAddresses( one.reply, form, one.recipient ),
		} ) ),
	};
};

/**
 * Events with the addresses as they are kept. A recipient that is known in the form of another time stays in that: it is
 * the same one.
 */
export function keptEvents( read: ReadPiece, known: ReadonlyMap< string, Mail >, keeping: Keeping ): ReadPiece {
	return { ...read, events: read.events.map( ( event ) => keptEvent( event, known.get( event.queueId ), keeping ) ) };
}

function keptEvent( event: Event, mail: Mail | undefined, { form, hash }: Keeping ): Event {
	const of = event.queueId;
	switch ( event.kind ) {
		case 'queued':
			return { ...event, sender: kept( event.sender, form, { of, hash } ) };
		case 'held':
		case 'tried': {
			const { recipient } = event;
			if ( recipient === null ) {
				return event;
			}
			const changed = { ...event, recipient: knownAs( recipient, { of, mail, form, hash } ) };
			return changed.kind === 'tried'
				? { ...changed, told: ( reply ) => withoutAddresses( reply, form, recipient ) }
				: changed;
		}
	}
	return event;
}

/** Looked for in other forms only where the message has any: each costs a hash. */
function knownAs(
	recipient: string,
	{ of, mail, form, hash }: Keeping & { of: string; mail: Mail | undefined }
): string {
	const keptAs = ( one: MailAddressForm ) => kept( recipient, one, { of, hash } );
	const now = keptAs( form );
	const others = ( mail?.recipients ?? [] ).flatMap( ( { recipient: one } ) =>
		one && isShort( one ) ? [ one ] : []
	);
	if ( others.length === 0 || others.includes( now ) ) {
		return now;
	}
	return mailAddressForms.map( keptAs ).find( ( one ) => others.includes( one ) ) ?? now;
}
