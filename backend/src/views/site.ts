import type { ResponseOf } from '@email-gateway/shared';
import { keyEnd, type Site } from '../db/sites.ts';
import { version } from '../version.ts';
import { View } from './view.ts';

/** What who manages a site is told of its pairing. */
export const siteView = (
	site: Site,
	backend: Pick< ResponseOf< 'readSite' >, 'database' | 'keyBesideDatabase' | 'servers' >
): View< ResponseOf< 'readSite' > > =>
	new View( {
		siteUrl: site.url,
		pairedAt: site.pairedAt.toISOString(),
		keyExpiresAt: site.keyExpiresAt?.toISOString() ?? null,
		...{ version, ...backend },
	} );

export const pairedView = ( { keyId }: Site, audience: string ): View< ResponseOf< 'pairSite' > > =>
	new View( { keyId, audience, version } );

export const rotatedView = ( { keyId }: Site, now: number ): View< ResponseOf< 'rotateKey' > > =>
	new View( { keyId, expiresAt: keyEnd( now ).toISOString() } );

export const movedView = ( siteUrl: string ): View< ResponseOf< 'confirmMove' > > => new View( { siteUrl } );
export const endedView = (): View< ResponseOf< 'endPairing' > > => new View( { ended: true } );
