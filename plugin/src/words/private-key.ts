import { __, _x, sprintf } from '@wordpress/i18n';
import type { DetailOf, KeyReason } from '@email-gateway/shared';
import type { Words } from './failure.ts';
import { oneOf } from './one-of.ts';
import { ofPanel } from './panel.ts';

type Detail = DetailOf< 'private_key_unreadable' >;

const reasons: Record< KeyReason, ( detail: Detail ) => Words > = {
	passphrase_missing: () => ( {
		happened: __( 'The private key has a passphrase, and none was given.', 'email-gateway' ),
		todo: __( 'Type the passphrase, then press Check Connection.', 'email-gateway' ),
	} ),
	passphrase_wrong: () => ( {
		happened: __( 'The passphrase does not open the private key.', 'email-gateway' ),
		todo: __(
			'Type the passphrase again. If it is right, paste the key again: it may be damaged.',
			'email-gateway'
		),
	} ),
	public_key_pasted: () => ( {
		happened: __( 'This is the public half of a key.', 'email-gateway' ),
		todo: __( 'Paste the private one: the file without .pub.', 'email-gateway' ),
	} ),
	security_key: () => ( {
		happened: __(
			'This key belongs to a security key: without touching that device it cannot sign in.',
			'email-gateway'
		),
		todo: __( 'Use the key made for this server, or another private key.', 'email-gateway' ),
	} ),
	algorithm: ( { algorithm } ) => ( {
		happened: sprintf(
			/* translators: %s: name of a kind of key, e.g. ssh-dss */
			__( 'Keys of this kind cannot sign in: %s.', 'email-gateway' ),
			algorithm || _x( 'unknown', 'value', 'email-gateway' )
		),
		todo: __( 'Use an Ed25519, RSA or ECDSA key, or the key made for this server.', 'email-gateway' ),
	} ),
	too_costly: () => ( {
		happened: __( 'The private key is encrypted in a way that takes too long to open.', 'email-gateway' ),
		todo: __( 'Encrypt it again with fewer rounds, or use the key made for this server.', 'email-gateway' ),
	} ),
	format: () => ( {
		happened: __( 'The private key cannot be read.', 'email-gateway' ),
		todo: __(
			'Paste the whole file, from its first line to its last. OpenSSH, PEM and PuTTY files are read.',
			'email-gateway'
		),
	} ),
};

/** Why a private key cannot be used. One that another plugin keeps is mended there. */
export const keyWords = ( detail: Detail ): Words => {
	const words = reasons[ oneOf( reasons, detail.reason ) ?? 'format' ]( detail );
	return detail.supplied
		? {
				...words,
				todo: ofPanel(
					/* translators: %s: name of a product */
					__(
						'%s keeps this key. Check the SSH key and its password there, at the server or at its provider.',
						'email-gateway'
					)
				),
		  }
		: words;
};
