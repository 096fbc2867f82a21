import type { Message } from '../provider/messages.ts';
import type { LabStatus as Lab } from '../state.ts';

const pause = ( ms: number ) => new Promise( ( resolve ) => setTimeout( resolve, ms ) );

/** Waits until the provider has taken a message whose subject contains `subject`; fails after `timeoutMs`. */
export async function messageWith(
	lab: Lab,
	{ subject, timeoutMs = 30_000 }: { subject: string; timeoutMs?: number }
): Promise< Message > {
	const end = Date.now() + timeoutMs;
	while ( Date.now() < end ) {
		const answer = await fetch( `${ lab.provider.inboxUrl }/messages` );
		const found = ( ( await answer.json() ) as Message[] ).find( ( message ) =>
			message.subject.includes( subject )
		);
		if ( found ) {
			return found;
		}
		await pause( 500 );
	}
	throw new Error( `The provider got no message with "${ subject }" in ${ timeoutMs } ms` );
}

/** The inbox survives a restart of the lab: a journey that counts messages must not find those of an earlier one. */
export async function emptyInbox( lab: Lab ): Promise< void > {
	const answer = await fetch( `${ lab.provider.inboxUrl }/messages`, { method: 'DELETE' } );
	if ( ! answer.ok ) {
		throw new Error( `The provider did not empty its inbox: ${ answer.status } ${ await answer.text() }` );
	}
}

/** The provider changes the password of an account, or makes one: by default the one that `npm start` tells. */
export async function changePassword( lab: Lab, password: string, user = lab.provider.user ): Promise< void > {
	const url = `${ lab.provider.inboxUrl }/accounts/${ encodeURIComponent( user ) }`;
	const answer = await fetch( url, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify( { password } ),
	} );
	if ( ! answer.ok ) {
		throw new Error( `The provider did not change the password: ${ answer.status } ${ await answer.text() }` );
	}
}
