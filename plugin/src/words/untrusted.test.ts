import { expect, test } from '@jest/globals';
import { causeWords } from './causes.ts';

test( 'an untrusted certificate is told with its issuer, and with the CA Certificate that no longer fits', () => {
	const named = causeWords( { cause: 'certificate_untrusted', issuer: 'Other CA', hasOwnCa: true } );
	expect( named?.happened ).toContain( '“Other CA”' );
	expect( named?.todo ).toMatch( /^The CA Certificate in the form no longer matches/ );

	const unnamed = causeWords( { cause: 'certificate_untrusted' } );
	expect( unnamed?.happened ).toMatch( /^The issuer .* is not trusted/ );
	expect( unnamed?.todo ).toMatch( /^If the provider runs .* CA Certificate/ );
} );
