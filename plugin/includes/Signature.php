<?php
/**
 * Signs requests to the backend.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * HTTP message signatures (RFC 9421) with Ed25519, over method, target, digest of the body, who asks, and how to reach the
 * server where another plugin keeps that.
 */
class Signature {

	const TAG = 'email-gateway-v1';

	/**
	 * The headers that sign a request.
	 *
	 * @param array{method: string, target_uri: string, body: string, actor: string, connection: ?string} $request Its parts;
	 *        actor and connection are values of headers, the latter null for none.
	 * @param array{key_id: string, secret_key: string}                                                   $key     The secret
	 *        key is raw, 64 bytes.
	 * @param array{created: int, nonce: string}                                                          $once    Seconds
	 *        since the epoch, and text that no other request has.
	 * @return array<string, string> Values by name of the header.
	 */
	public static function headers( array $request, array $key, array $once ): array {
		$digest = 'sha-256=:' . base64_encode( hash( 'sha256', $request['body'], true ) ) . ':';
		$extra  = null === $request['connection'] ? array() : array( 'Email-Gateway-Connection' => $request['connection'] );
		$input  = '("@method" "@target-uri" "content-digest" "email-gateway-actor"' . ( $extra ? ' "email-gateway-connection"' : '' ) . ')'
			. ";created={$once['created']};nonce=\"{$once['nonce']}\";keyid=\"{$key['key_id']}\";alg=\"ed25519\";tag=\"" . self::TAG . '"';
		$lines  = array(
			'"@method": ' . $request['method'],
			'"@target-uri": ' . $request['target_uri'],
			'"content-digest": ' . $digest,
			'"email-gateway-actor": ' . $request['actor'],
		);
		if ( $extra ) {
			$lines[] = '"email-gateway-connection": ' . $request['connection'];
		}
		$lines[] = '"@signature-params": ' . $input;
		$base    = implode( "\n", $lines );
		return array( 'Content-Digest' => $digest, 'Email-Gateway-Actor' => $request['actor'] ) + $extra + array(
			'Signature-Input' => 'sig1=' . $input,
			'Signature'       => 'sig1=:' . base64_encode( sodium_crypto_sign_detached( $base, $key['secret_key'] ) ) . ':',
		);
	}

	/**
	 * A nonce nobody can guess: 18 random bytes, base64url.
	 */
	public static function nonce(): string {
		return self::base64url( random_bytes( 18 ) );
	}

	/**
	 * Base64 in the alphabet of addresses, without padding.
	 *
	 * @param string $bytes Anything.
	 */
	public static function base64url( string $bytes ): string {
		return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
	}
}
