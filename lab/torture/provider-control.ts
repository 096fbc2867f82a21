import { randomBytes } from 'node:crypto';
import type { CertificateKind } from '../provider/certificates.ts';
import type { Faults } from '../provider/faults.ts';
import type { Message } from '../provider/messages.ts';
import type { LabProvider } from '../state.ts';

/** The mail provider, and what goes wrong with it. */
export interface ProviderControl {
	host: string;
	user: string;
	/** Gives the account a new password, unlike any other text on this machine, so that it can be looked for. */
	newPassword(): Promise< string >;
	setPassword( password: string ): Promise< void >;
	fail( faults: Faults ): Promise< void >;
	showCertificate( kind: CertificateKind ): Promise< void >;
	/** No fault, the right certificate. */
	heal(): Promise< void >;
	/** Newest first. */
	messages(): Promise< Message[] >;
}

export function controlProvider( { host, user, inboxUrl }: LabProvider ): ProviderControl {
	const put = async ( path: string, body: object ) => {
		const answer = await fetch( `${ inboxUrl }${ path }`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify( body ),
		} );
		if ( ! answer.ok ) {
			throw new Error( `The provider refused ${ path }: ${ await answer.text() }` );
		}
	};
	const control: ProviderControl = {
		host,
		user,
		setPassword: ( password ) => put( `/accounts/${ encodeURIComponent( user ) }`, { password } ),
		async newPassword() {
			const password = `${ randomBytes( 9 ).toString( 'base64url' ) }#$"'ü ${ randomBytes( 9 ).toString(
				'base64url'
			) }`;
			await control.setPassword( password );
			return password;
		},
		fail: ( faults ) => put( '/faults', faults ),
		showCertificate: ( kind ) => put( '/certificate', { kind } ),
		async heal() {
			await put( '/faults', {} );
			await put( '/certificate', { kind: 'good' } );
		},
		messages: async () => ( await ( await fetch( `${ inboxUrl }/messages` ) ).json() ) as Message[],
	};
	return control;
}
