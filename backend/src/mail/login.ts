import type { SMTPConnectionCustomAuthContext } from 'nodemailer/lib/smtp-connection';
import type { Secret } from '../vault/secret.ts';

const base64 = ( text: string ) => Buffer.from( text, 'utf8' ).toString( 'base64' );

/** Mechanisms that Postfix is configured to use; nodemailer by itself would also try CRAM-MD5. */
export const usableMechanisms = [ 'PLAIN', 'LOGIN' ] as const;

/**
 * Signs in with PLAIN or else LOGIN (RFC 4616; LOGIN is a draft that everybody speaks).
 * Returns the provider's last reply, with its code: `235 …` where it accepted.
 */
export async function signIn(
	{ authMethods, sendCommand }: SMTPConnectionCustomAuthContext,
	user: string,
	password: Secret
): Promise< string > {
	if ( authMethods.includes( 'PLAIN' ) ) {
		const { response } = await sendCommand( `AUTH PLAIN ${ base64( `\0${ user }\0${ password.reveal() }` ) }` );
		return response;
	}
	for ( const line of [ 'AUTH LOGIN', base64( user ) ] ) {
		const { status, response } = await sendCommand( line );
		if ( status !== 334 ) {
			return response;
		}
	}
	const { response } = await sendCommand( base64( password.reveal() ) );
	return response;
}
