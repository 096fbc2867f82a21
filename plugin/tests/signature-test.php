<?php
/**
 * Signatures, against the examples that the backend's tests read as well.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Actor;
use Email_Gateway\Signature;

/**
 * PHP and the backend agree on every byte.
 */
class Signature_Test extends WordPress_Test_Case {

	/**
	 * A request of the examples gets the headers of the examples.
	 *
	 * @dataProvider examples
	 *
	 * @param array $key     Key of the examples.
	 * @param array $example One of them.
	 */
	public function test_signs_as_the_shared_examples_say( array $key, array $example ) {
		$pair    = sodium_crypto_sign_seed_keypair( base64_decode( $key['seed'] ) );
		$headers = Signature::headers(
			array(
				'method'     => $example['method'],
				'target_uri' => $example['targetUri'],
				'body'       => $example['body'],
				'actor'      => $example['headers']['Email-Gateway-Actor'],
				'connection' => $example['headers']['Email-Gateway-Connection'] ?? null,
			),
			array( 'key_id' => $key['keyId'], 'secret_key' => sodium_crypto_sign_secretkey( $pair ) ),
			array( 'created' => $example['created'], 'nonce' => $example['nonce'] )
		);
		$this->assertSame( $example['headers'], $headers );
	}

	/**
	 * The pure PHP implementation that WordPress carries signs the same, where the extension is missing.
	 *
	 * @dataProvider examples
	 *
	 * @param array $key     Key of the examples.
	 * @param array $example One of them.
	 */
	public function test_signs_the_same_without_the_sodium_extension( array $key, array $example ) {
		require_once ABSPATH . WPINC . '/sodium_compat/autoload.php';
		$secret_key = sodium_crypto_sign_secretkey( sodium_crypto_sign_seed_keypair( base64_decode( $key['seed'] ) ) );
		$signature  = \ParagonIE_Sodium_Crypto::sign_detached( $example['base'], $secret_key );
		$this->assertSame( $example['headers']['Signature'], 'sig1=:' . base64_encode( $signature ) . ':' );
	}

	/**
	 * The examples of shared/.
	 */
	public static function examples(): array {
		$fixture = json_decode( file_get_contents( dirname( __DIR__, 2 ) . '/shared/fixtures/signatures.json' ), true );
		$rows    = array();
		foreach ( $fixture['cases'] as $example ) {
			$rows[ $example['name'] ] = array( $fixture['key'], $example );
		}
		return $rows;
	}

	/**
	 * The actor is written as the contract says.
	 */
	public function test_names_the_person_in_the_actor_header() {
		$user_id = wp_insert_user(
			array( 'user_login' => 'mueller', 'user_pass' => 'x', 'user_email' => 'mueller@example.com' )
		);
		wp_set_current_user( $user_id );
		$actor = json_decode( base64_decode( strtr( Actor::current_user( array( 'run_gateway' ) )->header(), '-_', '+/' ) ), true );
		$this->assertSame(
			array(
				'userId'        => $user_id,
				'login'         => 'mueller',
				'siteAdminMail' => get_option( 'admin_email' ),
				'may'           => array( 'run_gateway' ),
				'siteUrl'       => untrailingslashit( get_option( 'home' ) ),
			),
			$actor
		);
	}
}
