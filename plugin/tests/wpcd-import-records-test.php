<?php
/**
 * Records of WPCloudDeploy's own email gateway.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * How its records are read, whatever is in them.
 */
class Wpcd_Import_Records_Test extends Wpcd_Import_Test_Case {

	/**
	 * A note with bytes that are no UTF-8, as an old site may have it, arrives with what can be read of it.
	 */
	public function test_a_note_that_is_no_utf_8_is_not_lost() {
		$this->sign_in_as( 'administrator' );
		add_filter(
			'option_wpcd_settings',
			static function ( array $saved ) {
				return array( 'wpcd_email_gateway_smtp_note' => "für Z\xfcrich\x01\nund  Bern " ) + $saved;
			}
		);
		$this->assertSame( 200, $this->call( 'POST', '/wpcd-import/defaults' )->get_status() );
		$this->assertSame( "für Z\u{fffd}rich und Bern", json_decode( $this->sent[1]['body'], true )['account']['note'] );
	}

	/**
	 * One field there takes any text for server and port.
	 *
	 * @dataProvider servers
	 *
	 * @param string $text As it is saved.
	 * @param string $host What the backend hears.
	 * @param int    $port And this.
	 */
	public function test_server_and_port_are_read_as_people_write_them( string $text, string $host, int $port ) {
		$this->sign_in_as( 'administrator' );
		update_option( 'wpcd_settings', array( 'wpcd_email_gateway_smtp_server' => $text ) + get_option( 'wpcd_settings' ) );
		$this->call( 'POST', '/wpcd-import/defaults' );
		$sent = json_decode( $this->sent[1]['body'], true )['account'];
		$this->assertSame( array( $host, $port ), array( $sent['smtpServer'], $sent['smtpPort'] ) );
	}

	/**
	 * Texts, with what is meant.
	 */
	public static function servers(): array {
		return array(
			'usual'               => array( 'smtp.a.example:587', 'smtp.a.example', 587 ),
			'a space'             => array( ' smtp.a.example: 465 ', 'smtp.a.example', 465 ),
			'two spaces'          => array( 'smtp.a.example : 2525', 'smtp.a.example', 2525 ),
			'a scheme'            => array( 'smtps://smtp.a.example:465', 'smtp.a.example', 465 ),
			'a scheme for TLS'    => array( 'ssl://smtp.a.example', 'smtp.a.example', 465 ),
			'a scheme alone'      => array( 'SMTP://smtp.a.example/', 'smtp.a.example', 587 ),
			'a scheme of no mail' => array( 'https://smtp.a.example:587/', 'smtp.a.example', 587 ),
			'no port, as ssmtp'   => array( 'smtp.a.example', 'smtp.a.example', 25 ),
			'IPv6'                => array( '[2001:db8::1]:465', '2001:db8::1', 465 ),
			'not to be read'      => array( 'smtp.a.example:submission', 'smtp.a.example:submission', 25 ),
			'two servers'         => array( 'a.example b.example', 'a.example b.example', 25 ),
		);
	}

	/**
	 * Others may write the record of a server: whatever is serialised in it, no object is made.
	 *
	 * @dataProvider hostile_records
	 *
	 * @param string $stored As it lies in the database.
	 */
	public function test_no_object_is_made_of_a_record( string $stored ) {
		global $wpdb;
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ) );
		$wpdb->insert( $wpdb->postmeta, array( 'post_id' => $server_id, 'meta_key' => 'wpcd_wpapp_email_gateway', 'meta_value' => $stored ) );
		wp_cache_flush();
		Woken::$times = 0;
		$this->assertSame( 200, $this->call( 'GET', '/wpcd-import' )->get_status() );
		$this->assertSame( 404, $this->call( 'POST', "/wpcd-import/servers/{$server_id}" )->get_status() );
		$this->assertSame( 0, Woken::$times );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * An object, as the record, within a text, and as a value of it.
	 */
	public static function hostile_records(): array {
		$object = serialize( new Woken() );
		return array(
			'the record'     => array( $object ),
			'a text in it'   => array( serialize( $object ) ),
			'a value'        => array( serialize( array( 'smtp_server' => new Woken() ) ) ),
			'a broken text'  => array( substr( $object, 0, -1 ) . ';}' ),
		);
	}
}

/**
 * Counts how often it is made out of a text.
 */
class Woken { // there for one test.

	/**
	 * How often.
	 *
	 * @var int
	 */
	public static $times = 0;

	/**
	 * Is made.
	 */
	public function __wakeup() {
		++self::$times;
	}
}
