<?php
/**
 * What the screens leave out, or send as null.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Contract;
use WP_REST_Request;

/**
 * To WordPress an argument that is null is missing. Which ones may be, the contract's schemas say themselves: the file is
 * printed from them (`npm run print-routes`), and knows nothing of what WordPress is told in args.json.
 */
class Rest_Missing_Test extends Doorman_Test_Case {

	const JOB_ID = '6f1c2f0a-6c0e-4f3e-9b39-0a5d3b1f7c11';
	const LEAST  = array( 'string' => 'x', 'integer' => 1, 'number' => 1, 'boolean' => true, 'array' => array(), 'object' => array( 'a' => 1 ) );

	/**
	 * WordPress passes on what the backend takes, as it came: null where null may be, nothing where nothing may be.
	 *
	 * @dataProvider calls
	 *
	 * @param string   $name     Of the call.
	 * @param string[] $null     Arguments that may be null.
	 * @param string[] $left_out Arguments that may be left out.
	 */
	public function test_what_may_be_missing_is_passed_on( string $name, array $null, array $left_out ) {
		$route     = Contract::routes()[ $name ];
		$server_id = $this->make_server( $this->sign_in_as( 'administrator' ) );
		$path      = strtr( $route['path'], array( ':serverId' => $server_id, ':jobId' => self::JOB_ID ) );
		$sent      = self::others( $name, array_merge( $null, $left_out ), $server_id ) + array_fill_keys( $null, null );
		$request   = new WP_REST_Request( $route['method'], '/email-gateway/v1' . $path );
		$body      = 'GET' === $route['method'] ? null : wp_json_encode( (object) $sent );
		if ( null === $body ) {
			$request->set_query_params( $sent );
		} else {
			$request->set_header( 'Content-Type', 'application/json' );
			$request->set_body( $body );
		}

		$answer = rest_do_request( $request );

		$this->assertSame( 200, $answer->get_status(), wp_json_encode( $answer->get_data() ) );
		$this->assertSame( array( $body ), array_column( $this->sent, 'body' ) );
	}

	/**
	 * Every call with such an argument.
	 */
	public static function calls(): array {
		$rows = array();
		foreach ( json_decode( file_get_contents( __DIR__ . '/may-be-missing.json' ), true ) as $name => $missing ) {
			$rows[ $name ] = array( $name, $missing['null'], $missing['leftOut'] );
		}
		return $rows;
	}

	/**
	 * The arguments that are neither, each with some value of its kind.
	 *
	 * @param string   $name      Of the call.
	 * @param string[] $missing   Those that are.
	 * @param int      $server_id For a list of servers.
	 */
	private static function others( string $name, array $missing, int $server_id ): array {
		$others = array_diff_key( Contract::args()[ $name ], array_flip( $missing ) );
		foreach ( $others as $argument => $schema ) {
			$kind                = ( (array) ( $schema['type'] ?? 'object' ) )[0];
			$others[ $argument ] = 'ids' === $argument ? "{$server_id}" : ( $schema['enum'][0] ?? self::LEAST[ $kind ] );
		}
		return $others;
	}
}
