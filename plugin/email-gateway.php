<?php
/**
 * Plugin Name:       Email Gateway
 * Description:       Gives every site on your servers working outgoing mail, in one click, and proves that it works.
 * Version:           0.1.0
 * Requires at least: 6.6
 * Requires PHP:      7.4
 * Author:            The Email Gateway team
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       email-gateway
 * Domain Path:       /languages
 * Update URI:        https://email-gateway.invalid/
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

defined( 'ABSPATH' ) || exit;

const VERSION     = '0.1.0';
const PLUGIN_FILE = __FILE__;

require_once __DIR__ . '/includes/autoload.php';

( new Plugin() )->start();
