import type { ErrorCode, RequestOf } from '@email-gateway/shared';
import { may } from '../page.ts';

export type Consent = NonNullable< RequestOf< 'installGateway' >[ 'consents' ] >[ number ];

/** The refusals that an administrator may overrule, each by its own explicit choice. */
const overruled: Partial< Record< ErrorCode, Consent > > = {
	managed_by_another_site: 'adopt_from_another_site',
	foreign_postfix: 'replace_foreign_postfix',
	provider_name_not_found: 'install_anyway',
	provider_port_closed: 'install_anyway',
	provider_port_blocked: 'install_anyway',
	provider_tls_failed: 'install_anyway',
	provider_certificate_refused: 'install_anyway',
	provider_login_refused: 'install_anyway',
	provider_unavailable: 'install_anyway',
};

/** The consent that would overrule a refusal; null where there is none, or where this person may not give it. */
export function consentFor( code: ErrorCode | undefined ): Consent | null {
	return code && may( 'manage_site' ) ? overruled[ code ] ?? null : null;
}
