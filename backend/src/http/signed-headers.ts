import { type Actor, actor as actorSchema, suppliedConnection } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { Supplied } from '../servers/address.ts';
import { Secret } from '../vault/secret.ts';

export function readActor( header: string | string[] | undefined ): Actor {
	const actor = actorSchema.safeParse( jsonIn( String( header ) ) );
	if ( ! actor.success ) {
		throw new GatewayError( 'signature_invalid', { reason: 'actor' } );
	}
	return actor.data;
}

export function readConnection( header: string | string[] | undefined ): Supplied | null {
	if ( header === undefined ) {
		return null;
	}
	const supplied = suppliedConnection.safeParse( jsonIn( String( header ) ) );
	if ( ! supplied.success ) {
		const [ issue ] = supplied.error.issues;
		const field = String( issue?.path[ 0 ] ?? '' );
		if ( field === 'privateKey' ) {
			const reason = issue?.message === 'is_a_public_key' ? 'public_key_pasted' : 'format';
			throw new GatewayError( 'private_key_unreadable', { field, reason, supplied: true } );
		}
		throw new GatewayError( 'connection_missing', { field } );
	}
	const { host, sshPort, sshUser, privateKey, passphrase } = supplied.data;
	return {
		...{ host, sshPort, sshUser, privateKey: new Secret( privateKey ) },
		passphrase: passphrase === null ? null : new Secret( passphrase ),
	};
}

function jsonIn( base64url: string ): unknown {
	try {
		return JSON.parse( Buffer.from( base64url, 'base64url' ).toString( 'utf8' ) );
	} catch {
		return null;
	}
}
