<?php
/**
 * Loads the scripts on the screens they fill.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Fleet\Fleet_List;
use Email_Gateway\Servers\Connected_Servers;
use Email_Gateway\Servers\Newest_Servers;
use Email_Gateway\Servers\Own_Servers;
use Email_Gateway\Servers\Server_Adding;
use Email_Gateway\Servers\Servers;
use Email_Gateway\Servers\Wpcd_Screens;
use Email_Gateway\Servers\Wpcd_Servers;

/**
 * Four scripts: the boxes of a server, the settings page, the Mail Log, the list of servers. Nowhere else.
 */
class Assets {

	/**
	 * Who may do what.
	 *
	 * @var Access
	 */
	private $access;

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The servers of this site.
	 *
	 * @var Servers
	 */
	private $servers;

	/**
	 * What the list of servers shows.
	 *
	 * @var Fleet_List
	 */
	private $fleet;

	/**
	 * What the screen of a server begins with.
	 *
	 * @var Early_Screen
	 */
	private $early;

	/**
	 * What the first run beside a panel begins with.
	 *
	 * @var Connected_Servers
	 */
	private $connected;

	/**
	 * Keeps what it asks.
	 *
	 * @param Access            $access    Who may do what.
	 * @param Pairing           $pairing   The pairing.
	 * @param Servers           $servers   The servers of this site.
	 * @param Fleet_List        $fleet     What the list of servers shows.
	 * @param Early_Screen      $early     What the screen of a server begins with.
	 * @param Connected_Servers $connected What the first run beside a panel begins with.
	 */
	public function __construct( Access $access, Pairing $pairing, Servers $servers, Fleet_List $fleet, Early_Screen $early, Connected_Servers $connected ) {
		$this->early     = $early;
		$this->fleet     = $fleet;
		$this->access    = $access;
		$this->pairing   = $pairing;
		$this->servers   = $servers;
		$this->connected = $connected;
	}

	/**
	 * Action admin_enqueue_scripts.
	 *
	 * @param string $page Of wp-admin, such as post.php.
	 */
	public function enqueue( string $page ): void {
		$screen     = get_current_screen();
		$on_servers = $screen && $screen->post_type === $this->servers->post_type();
		$of_wpcd    = $on_servers && '_page_' . Wpcd_Screens::SETTINGS_PAGE === strstr( $page, '_page_' );
		if ( 'settings_page_' . Settings_Page::SLUG === $page || ( $of_wpcd && $this->may_see_settings() ) ) {
			$this->load( 'settings' );
		} elseif ( 'tools_page_' . Mail_Log_Page::SLUG === $page ) {
			$this->load( 'mail-log' );
		} elseif ( $on_servers && 'post.php' === $page ) {
			$server_id = (int) get_the_ID();
			if ( $this->access->may( 'run_gateway', array( $server_id ) ) ) {
				$this->load( 'metabox', $server_id );
			}
		} elseif ( $on_servers && 'edit.php' === $page && Own_Servers::POST_TYPE === $screen->post_type ) {
			$this->load( 'list' );
			add_action( 'admin_footer', array( $this->fleet, 'print_rows' ), 1 );
		}
	}

	/**
	 * Action wp_enqueue_scripts: WPCloudDeploy shows a server with its tabs outside wp-admin, too.
	 */
	public function enqueue_on_public_page(): void {
		$server_id = is_singular( $this->servers->post_type() ) ? (int) get_queried_object_id() : 0;
		if ( $server_id && $this->access->may( 'run_gateway', array( $server_id ) ) ) {
			$this->load( 'metabox', $server_id );
		}
	}

	/**
	 * Whether the settings have anything for the current user.
	 */
	private function may_see_settings(): bool {
		return $this->access->may( 'manage_site' ) || $this->access->may( 'manage_defaults' );
	}

	/**
	 * Enqueues one script with its style, its words and what it must know of the page.
	 *
	 * @param string $name      Of the file in build/.
	 * @param int    $server_id 0 on pages that show no single server.
	 */
	private function load( string $name, int $server_id = 0 ): void {
		$folder = plugin_dir_path( PLUGIN_FILE );
		$file   = "{$folder}build/{$name}.asset.php";
		if ( ! is_file( $file ) ) {
			return;
		}
		$asset  = require $file;
		$handle = "email-gateway-{$name}";
		wp_enqueue_script( $handle, plugins_url( "build/{$name}.js", PLUGIN_FILE ), $asset['dependencies'], $asset['version'], true );
		wp_set_script_translations( $handle, 'email-gateway', "{$folder}languages" );
		// Tags and quotes escaped: the text stands inside a script element.
		$json = wp_json_encode( $this->page( $name, $server_id ), JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES );
		wp_add_inline_script( $handle, "window.emailGateway = {$json};", 'before' );

		wp_enqueue_style( 'wp-components' );
		foreach ( array( $name, "style-{$name}" ) as $style ) {
			if ( is_file( "{$folder}build/{$style}.css" ) ) {
				wp_enqueue_style( "email-gateway-{$style}", plugins_url( "build/{$style}.css", PLUGIN_FILE ), array( 'wp-components' ), $asset['version'] );
			}
		}
	}

	/**
	 * What the scripts are told of the page. Never a secret.
	 *
	 * @param string $name      Of the script.
	 * @param int    $server_id 0 on pages that show no single server.
	 */
	private function page( string $name, int $server_id ): array {
		$host = (string) wp_parse_url( Pairing::site_url(), PHP_URL_HOST );
		$page = array(
			'may'             => $this->access->permissions( $server_id ? array( $server_id ) : array() ),
			'serverId'        => $server_id ? $server_id : null,
			'paired'          => $this->pairing->is_usable(),
			'settingsUrl'     => Settings_Page::url(),
			'mailLogUrl'      => Mail_Log_Page::url(),
			'currentUserMail' => wp_get_current_user()->user_email,
			'siteDomain'      => preg_replace( '/^www\./', '', $host ),
			'version'         => VERSION,
		);
		if ( 'mail-log' === $name ) {
			return $page + array( 'servers' => Newest_Servers::with_mail_shown( $this->servers, $this->access ) );
		}
		if ( $server_id ) {
			$page['ownsServer'] = get_current_user_id() > 0 && (int) get_post_field( 'post_author', $server_id ) === get_current_user_id();
			$page              += $page['paired'] ? array( 'view' => $this->early->view( $server_id ) ) : array();
		}
		if ( $this->servers instanceof Wpcd_Servers ) {
			$page['panelName'] = Wpcd_Servers::product_name();
			$may_import        = $this->access->may( 'manage_site' ) && $this->access->may( 'manage_defaults' );
			$page             += $server_id ? array() : array( 'wpcdImport' => $may_import );
		}
		if ( $server_id && $this->access->may( 'change_connection', array( $server_id ) ) ) {
			$page['address'] = $this->servers->address( $server_id );
		}
		if ( ! $server_id && $this->access->may( 'manage_site' ) ) {
			$page['servers']       = Newest_Servers::of( $this->servers );
			$page['backendUrl']    = $this->pairing->view()['backendUrl'];
			$page['mayAddServers'] = $this->servers instanceof Own_Servers && Server_Adding::is_allowed();
			if ( $this->servers instanceof Wpcd_Servers ) {
				$page['hasPanel']  = true;
				$page['connected'] = $page['paired'] ? $this->connected->among( array_column( $page['servers'], 'id' ) ) : null;
			}
		}
		return ! $server_id && $this->access->may( 'manage_defaults' )
			? $page + array( 'fixedDefaults' => (object) Fixed_Defaults::shown(), 'shop' => Shop::view() )
			: $page;
	}
}
