import { pairText, type ParsedRequestOf, type ResponseOf } from '@email-gateway/shared';
import type { App } from '../../app.ts';
import { pair } from '../../db/pair.ts';
import { tryPairingCode } from '../../db/pairing-codes.ts';
import { isSameAddress } from '../../db/same-address.ts';
import { GatewayError } from '../../errors.ts';
import { refuseUnsigned } from '../../servers/site-key.ts';
import { pairedView } from '../../views/site.ts';
import type { View } from '../../views/view.ts';

/** Registers a site's public key with a one-time code, which is the proof that it may. Nobody signed the request. */
export async function pairSite(
	{ db, vault, audience }: App,
	asked: ParsedRequestOf< 'pairSite' >,
	now: number
): Promise< View< ResponseOf< 'pairSite' > > > {
	const { code, publicKey, proof: signature } = asked;
	if ( ! isSameAddress( asked.backendUrl, audience ) ) {
		// what was typed for another backend counts nowhere else
		throw new GatewayError( 'wrong_backend_address', { address: audience } );
	}
	refuseUnsigned( pairText( asked ), { publicKey, signature, key: 'new_key' } );
	// outside of the transaction, which would undo the count of a wrong try
	await tryPairingCode( db, vault, code );
	return pairedView( await pair( db, vault, asked, now ), audience );
}
