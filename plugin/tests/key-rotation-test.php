<?php
/**
 * The key of the site is replaced before it expires.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Key_Rotation;
use Email_Gateway\Pairing;

/**
 * What WordPress does by cron.
 */
class Key_Rotation_Test extends Doorman_Test_Case {

	/**
	 * Lets the key be so old.
	 *
	 * @param int $days Days.
	 */
	private function let_key_be_old( int $days ): void {
		$made = time() - $days * DAY_IN_SECONDS;
		$kept = get_option( Pairing::OPTION );
		$kept = ( isset( $kept['key_made_at'] ) ? array( 'key_made_at' => $made ) : array( 'paired_at' => $made ) ) + $kept;
		update_option( Pairing::OPTION, $kept, false );
	}

	/**
	 * A young key stays.
	 */
	public function test_leaves_a_young_key_alone() {
		$this->let_key_be_old( 59 );
		do_action( Key_Rotation::EVENT );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * The old key signs the request, the new one proves itself, and signs from then on.
	 */
	public function test_replaces_an_old_key_by_one_that_proves_itself() {
		$this->let_key_be_old( 60 );
		do_action( Key_Rotation::EVENT );

		$this->assertCount( 1, $this->sent );
		$this->assertSame( self::BACKEND . '/v1/site/rotate-key', $this->sent[0]['url'] );
		$this->assertStringContainsString( 'keyid="key-1"', $this->sent[0]['headers']['Signature-Input'] );
		$asked  = json_decode( $this->sent[0]['body'], true );
		$public = base64_decode( $asked['publicKey'] );
		$text   = implode( "\n", array( 'email-gateway-rotate-v1', 'key-1', $asked['publicKey'], Pairing::site_url() ) );
		$this->assertTrue( sodium_crypto_sign_verify_detached( base64_decode( $asked['proof'] ), $text, $public ) );

		$credentials = ( new Pairing() )->credentials();
		$this->assertSame( $public, sodium_crypto_sign_publickey_from_secretkey( $credentials['secret_key'] ) );
		$this->assertSame( substr( strtr( rtrim( base64_encode( hash( 'sha256', $public, true ) ), '=' ), '+/', '-_' ), 0, 22 ), $credentials['key_id'] );
		do_action( Key_Rotation::EVENT );
		$this->assertCount( 1, $this->sent );
	}

	/**
	 * Where nothing answers the key stays, and the next day the same new one is offered.
	 */
	public function test_offers_the_same_key_again_where_nothing_answered() {
		$this->let_key_be_old( 70 );
		$this->be_unreachable( 'Away.' );
		do_action( Key_Rotation::EVENT );
		$this->assertSame( 'key-1', ( new Pairing() )->credentials()['key_id'] );
		$first = end( $this->sent )['body'];
		$this->answer_with( 200, '{}' );
		do_action( Key_Rotation::EVENT );
		$this->assertSame( $first, end( $this->sent )['body'] );
		$this->assertNotSame( 'key-1', ( new Pairing() )->credentials()['key_id'] );
	}

	/**
	 * Where the backend took the new key and its answer was lost, the next request of anybody finds out.
	 */
	public function test_takes_the_new_key_where_only_the_answer_was_lost() {
		$this->let_key_be_old( 70 );
		$this->be_unreachable( 'Away.' );
		do_action( Key_Rotation::EVENT );
		$this->sign_in_as( 'administrator' );
		$unknown = array( 401, '{"code":"site_unknown","message":"Unknown."}' );
		$this->answer_in_turn( array( $unknown, array( 200, '{"siteUrl":"x"}' ) ) );
		$this->assertSame( 200, $this->call( 'GET', '/site' )->get_status() );
		$this->assertNotSame( 'key-1', ( new Pairing() )->credentials()['key_id'] );

		// One that is refused, too, changes nothing.
		$this->let_key_be_old( 70 );
		$this->be_unreachable( 'Away.' );
		do_action( Key_Rotation::EVENT );
		$kept = get_option( Pairing::OPTION );
		$this->assertNotNull( ( new Pairing() )->next_key()->credentials() );
		$this->answer_with( ...$unknown );
		$this->assertSame( 502, $this->call( 'GET', '/site' )->get_status() );
		$this->assertSame( $kept, get_option( Pairing::OPTION ) );
	}
}
