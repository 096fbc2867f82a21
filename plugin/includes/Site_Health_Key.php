<?php
/**
 * The site's key in Tools → Site Health.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * One test: does what seals the key of this site lie outside the database?
 */
class Site_Health_Key {

	const TEST = 'email_gateway_key';

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing $pairing The pairing.
	 */
	public function __construct( Pairing $pairing ) {
		$this->pairing = $pairing;
	}

	/**
	 * Filter site_status_tests.
	 *
	 * @param array $tests By kind and name.
	 */
	public function add_test( array $tests ): array {
		$tests['direct'][ self::TEST ] = array(
			'label' => __( 'Email Gateway keeps its key apart from the database', 'email-gateway' ),
			'test'  => array( $this, 'test' ),
		);
		return $tests;
	}

	/**
	 * The result, in the shape that Site Health shows.
	 */
	public function test(): array {
		if ( ! Seal_Key::is_beside_what_it_seals() ) {
			$description = __( 'A copy of the database alone does not open the key with which this site speaks to its backend.', 'email-gateway' );
			return Site_Health::result( self::TEST, 'good', __( 'Email Gateway keeps its key apart from the database', 'email-gateway' ), $description );
		}
		$is_paired = $this->pairing->view()['paired'];
		list( $happened, $todo ) = Seal_Key::sentences();
		$result = Site_Health::result(
			self::TEST,
			$is_paired ? 'critical' : 'recommended',
			__( 'The key of Email Gateway would be in the database next to what opens it', 'email-gateway' ),
			$happened
		);
		$result['description'] .= '<p>' . esc_html( $is_paired ? self::todo_when_paired() : $todo ) . '</p>'
			. '<p><code>' . esc_html( Seal_Key::line() ) . '</code></p>';
		return $result;
	}

	/**
	 * The key that copies of the database may hold is to be replaced as well.
	 */
	private static function todo_when_paired(): string {
		return __( 'Put this line into wp-config.php, then press Pair Again under Settings → Email Gateway → Connection: the site gets a new key and keeps its servers, and the former key ends.', 'email-gateway' );
	}
}
