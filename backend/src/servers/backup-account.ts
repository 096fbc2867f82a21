import type { GatewaySettings } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';

type SignIn = Pick< GatewaySettings, 'smtpServer' | 'userName' >;
const lower = ( text: string ) => text.toLowerCase();

/** Whether an outage of one is an outage of the other. */
export const isSameProvider = ( a: SignIn, b: SignIn ): boolean => lower( a.smtpServer ) === lower( b.smtpServer );

/** Errors: same_account: an account helps nothing against itself. */
export function refuseSameAccount( first: SignIn, backup: SignIn ): void {
	if ( isSameProvider( first, backup ) && lower( first.userName ) === lower( backup.userName ) ) {
		throw new GatewayError( 'same_account' );
	}
}
