import { mailAddress, type GatewaySettings } from '@email-gateway/shared';

/**
 * Where mail for root goes: as the form says, else to the site's administrator. WordPress takes addresses that no
 * provider would (`admin@localhost`) or that a map could read as more than one; then the Sending Domain's postmaster.
 */
export function rootMailOf(
	{ rootMail, sendingDomain }: Pick< GatewaySettings, 'rootMail' | 'sendingDomain' >,
	administrator: string
): string {
	return rootMail ?? mailAddress.safeParse( administrator ).data ?? `postmaster@${ sendingDomain }`;
}
