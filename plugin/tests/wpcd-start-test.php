<?php
/**
 * The start of a request beside WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use PHPUnit\Framework\TestCase;

/**
 * Another PHP loads WordPress from its first line on, with WPCloudDeploy before or after ours in the list of plugins:
 * what one process has defined stays defined, so that no test in this one can tell when it was.
 */
class Wpcd_Start_Test extends TestCase {

	const OURS   = 'email-gateway/email-gateway.php';
	const THEIRS = 'wpcd-stand-in.php';

	/**
	 * Our tab is on its screens, and no list of ours beside its own.
	 *
	 * @dataProvider orders
	 *
	 * @param string[] $plugins Active ones, as WordPress loads them.
	 * @param bool     $beside  Whether WPCloudDeploy is among them.
	 */
	public function test_ours_notices_wpcd( array $plugins, bool $beside ) {
		$this->assertSame(
			array( 'tab' => $beside, 'settings' => $beside, 'import' => $beside, 'own list' => ! $beside ),
			$this->told_by_a_wordpress_with( $plugins )
		);
	}

	/**
	 * Lists of plugins.
	 */
	public static function orders(): array {
		return array(
			'after ours'  => array( array( self::OURS, self::THEIRS ), true ),
			'before ours' => array( array( self::THEIRS, self::OURS ), true ),
			'not there'   => array( array( self::OURS ), false ),
		);
	}

	/**
	 * What a new process says once WordPress has loaded.
	 *
	 * @param string[] $plugins Active ones.
	 */
	private function told_by_a_wordpress_with( array $plugins ): array {
		$code = sprintf(
			'$_SERVER["HTTP_HOST"] = "127.0.0.1";
			$wp_filter = array( "pre_option_active_plugins" => array( 10 => array( array(
				"function" => static function () { return %s; }, "accepted_args" => 0,
			) ) ) );
			require %s;
			echo "told:", json_encode( array(
				"tab"      => has_filter( "wpcd_server_wordpress-app_get_tabs" ),
				"settings" => has_filter( "wpcd_wordpress-app_settings_tabs" ),
				"import"   => isset( rest_get_server()->get_routes()["/email-gateway/v1/wpcd-import"] ),
				"own list" => post_type_exists( "email_gateway_server" ),
			) );',
			var_export( $plugins, true ), // PHP source.
			var_export( ABSPATH . 'wp-load.php', true ) // PHP source.
		);
		$printed = (string) shell_exec( escapeshellarg( PHP_BINARY ) . ' -r ' . escapeshellarg( $code ) . ' 2>&1' ); // constant, but for paths of the test.
		$this->assertStringContainsString( 'told:', $printed );
		return json_decode( substr( $printed, strpos( $printed, 'told:' ) + 5 ), true );
	}
}
