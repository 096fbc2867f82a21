<?php
/**
 * WordPress's REST server as a browser meets it, with headers and status kept in place of sent.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use WP_REST_Server;

/**
 * With all routes, and all that WordPress does around them: method overrides, _fields, _embed.
 */
class Overheard_Rest_Server extends WP_REST_Server {

	/**
	 * Status of the last answer.
	 *
	 * @var int
	 */
	public $status;

	/**
	 * Headers of the last answer, each as one line.
	 *
	 * @var string[]
	 */
	public $headers;

	/**
	 * Puts one in place of WordPress's.
	 */
	public static function start(): self {
		$server                    = new self();
		$GLOBALS['wp_rest_server'] = $server;
		do_action( 'rest_api_init', $server );
		return $server;
	}

	/**
	 * Takes it away.
	 */
	public static function stop(): void {
		$_SERVER['REQUEST_METHOD'] = 'GET';
		unset( $_SERVER['CONTENT_TYPE'], $_SERVER['HTTP_X_HTTP_METHOD_OVERRIDE'], $GLOBALS['HTTP_RAW_POST_DATA'], $GLOBALS['wp_rest_server'] );
	}

	/**
	 * Serves a request.
	 *
	 * @param string $method  HTTP method.
	 * @param array  $request With path, and perhaps query (array), body (text), type and override (both of the headers).
	 * @return string The body of the answer.
	 */
	public function overhear( string $method, array $request ): string {
		$body = $request['body'] ?? '';
		$type = $request['type'] ?? '';
		parse_str( http_build_query( $request['query'] ?? array() ), $query );
		parse_str( 'application/x-www-form-urlencoded' === $type ? $body : '', $fields );
		$_GET                                   = wp_slash( $query );
		$_POST                                  = wp_slash( 'POST' === $method ? $fields : array() );
		$_SERVER['REQUEST_METHOD']              = $method;
		$_SERVER['CONTENT_TYPE']                = wp_slash( $type );
		$_SERVER['HTTP_X_HTTP_METHOD_OVERRIDE'] = wp_slash( $request['override'] ?? $method );
		$GLOBALS['HTTP_RAW_POST_DATA']          = $body; // where WordPress looks first.
		$this->headers                          = array();
		ob_start();
		try {
			$this->serve_request( $request['path'] );
		} finally {
			$printed = ob_get_clean();
		}
		return $printed;
	}

	/**
	 * Keeps a header.
	 *
	 * @param string $key   Its name.
	 * @param string $value Its value.
	 */
	public function send_header( $key, $value ) {
		$this->headers[] = "{$key}: {$value}";
	}

	/**
	 * Removes nothing: what is not sent need not be.
	 *
	 * @param string $key Its name.
	 */
	public function remove_header( $key ) {
	}

	/**
	 * Keeps the status.
	 *
	 * @param int $code HTTP status.
	 */
	protected function set_status( $code ) {
		$this->status = $code;
	}
}
