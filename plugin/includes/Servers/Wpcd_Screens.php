<?php
/**
 * Our parts of WPCloudDeploy's screens.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use Email_Gateway\Metabox;
use Email_Gateway\Settings_Page;

/**
 * A tab on the screen of a server, and one beside WPCloudDeploy's own settings.
 */
class Wpcd_Screens {

	const TAB           = 'email-gateway';
	const SETTINGS_PAGE = 'wpcd_settings';

	/**
	 * What prints the boxes of a server.
	 *
	 * @var Metabox
	 */
	private $metabox;

	/**
	 * Our settings.
	 *
	 * @var Settings_Page
	 */
	private $settings;

	/**
	 * Keeps what prints.
	 *
	 * @param Metabox       $metabox  The boxes of a server.
	 * @param Settings_Page $settings Our settings.
	 */
	public function __construct( Metabox $metabox, Settings_Page $settings ) {
		$this->metabox  = $metabox;
		$this->settings = $settings;
	}

	/**
	 * Filter wpcd_server_wordpress-app_get_tabnames.
	 *
	 * @param array $tabs      Label and icon by slug.
	 * @param int   $server_id Whose screen is shown.
	 */
	public function add_tab( $tabs, $server_id = 0 ) {
		return $this->may_see( (int) $server_id ) ? $tabs + self::tab( __( 'Email Gateway', 'email-gateway' ), 'far fa-envelope' ) : $tabs;
	}

	/**
	 * Filter wpcd_server_wordpress-app_get_tabs.
	 *
	 * @param array $fields    Fields of every tab.
	 * @param int   $server_id Whose screen is shown.
	 */
	public function fill_tab( $fields, $server_id = 0 ) {
		if ( $this->may_see( (int) $server_id ) ) {
			$fields[] = self::field( $this->metabox->html( (int) $server_id ) );
		}
		return $fields;
	}

	/**
	 * Filter wpcd_wordpress-app_settings_tabs. A tab Email Gateway is there already: WPCloudDeploy's own, for ssmtp.
	 *
	 * @param array $tabs Label and icon by slug.
	 */
	public function add_settings_tab( $tabs ) {
		return $this->settings->may_see() ? $tabs + self::tab( __( 'Email Gateway Plugin', 'email-gateway' ), 'dashicons-email-alt' ) : $tabs;
	}

	/**
	 * Filter wpcd_wordpress-app_settings_fields.
	 *
	 * @param array $fields Fields of every tab.
	 */
	public function fill_settings_tab( $fields ) {
		if ( $this->settings->may_see() ) {
			$fields[] = self::field( $this->settings->html() );
		}
		return $fields;
	}

	/**
	 * Whether the current user runs the gateway of this server.
	 *
	 * @param int $server_id Id of a post.
	 */
	private function may_see( int $server_id ): bool {
		return $server_id > 0 && current_user_can( 'email_gateway_run_gateway', $server_id );
	}

	/**
	 * Our tab, as WPCloudDeploy describes one.
	 *
	 * @param string $label What stands on it.
	 * @param string $icon  Its class.
	 */
	private static function tab( string $label, string $icon ): array {
		return array( self::TAB => array( 'label' => $label, 'icon' => $icon ) );
	}

	/**
	 * The one field of our tab.
	 *
	 * @param string $html What is in it.
	 */
	private static function field( string $html ): array {
		return array( 'id' => 'email-gateway', 'type' => 'custom_html', 'tab' => self::TAB, 'std' => $html );
	}
}
