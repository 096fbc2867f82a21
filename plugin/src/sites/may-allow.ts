import type { SendingUser } from '@email-gateway/shared';

const domainOf = ( sender: string ) => sender.slice( sender.indexOf( '@' ) + 1 );

/** Whether one is the other, or an address in it: the backend refuses such a sender for a second route. */
const meet = ( one: string, other: string ) => one === other || one === domainOf( other ) || other === domainOf( one );

/** Whether a sender that is not listed can be: `taken` another site’s route has it · `local` only a name of the server itself. */
export function mayAllow( sender: string, others: readonly Pick< SendingUser, 'route' >[] ): 'yes' | 'taken' | 'local' {
	if ( ! domainOf( sender ).includes( '.' ) ) {
		return 'local';
	}
	const bare = sender.replace( /^@/, '' );
	const isTaken = others.some( ( { route } ) => route?.senders.some( ( one ) => meet( one, bare ) ) );
	return isTaken ? 'taken' : 'yes';
}
