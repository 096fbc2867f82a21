<?php
/**
 * What the routes of the plugin take and answer.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * Arguments and schemas as the contract prints them: `OPTIONS /wp-json/email-gateway/v1/…` tells them all. WordPress
 * refuses what is missing or of the wrong kind. What stands in a field is judged by the backend, which says what is wrong
 * with it in words for its form.
 */
class Rest_Schema {

	/** What WordPress judges by. */
	const KIND = array( 'type' => true, 'enum' => true );

	/**
	 * Arguments of a route, with those in its path.
	 *
	 * @param string $name Of the route, or its method and path where WordPress answers it.
	 * @param string $path With `:serverId` and `:jobId`.
	 */
	public static function args( string $name, string $path ): array {
		$args = Contract::args()[ $name ] ?? array();
		foreach ( self::of_path( $path ) + $args as $argument => $schema ) {
			$args[ $argument ] = $schema + array(
				// As it came: what is passed on to the backend was signed by nobody else.
				'sanitize_callback' => null,
				'validate_callback' => static function ( $value, $request, $key ) use ( $schema ) {
					$kind = array_intersect_key( $schema, self::KIND );
					return isset( $kind['type'] ) ? rest_validate_value_from_schema( $value, $kind, $key ) : true;
				},
			);
		}
		return $args;
	}

	/**
	 * A route as register_rest_route takes it, with what it takes and answers.
	 *
	 * @param string $name     Of the route, or its method and path where WordPress answers it.
	 * @param string $path     With `:serverId` and `:jobId`.
	 * @param array  $endpoint Methods and callbacks.
	 * @param string $answers  Name of the route whose answer stands for the path, where it has several methods.
	 */
	public static function route( string $name, string $path, array $endpoint, string $answers = '' ): array {
		return array(
			$endpoint + array( 'args' => self::args( $name, $path ) ),
			'schema' => self::answer( '' === $answers ? $name : $answers ),
		);
	}

	/**
	 * What gives WordPress the schema of an answer when somebody asks for it.
	 *
	 * @param string $name As above.
	 */
	public static function answer( string $name ): callable {
		return static function () use ( $name ): array {
			return array( '$schema' => 'http://json-schema.org/draft-04/schema#' ) + ( Contract::schemas()[ $name ] ?? array() );
		};
	}

	/**
	 * Arguments in a path.
	 *
	 * @param string $path With `:serverId` and `:jobId`.
	 */
	private static function of_path( string $path ): array {
		$known = array(
			'serverId' => array( 'type' => 'integer', 'minimum' => 1, 'required' => true ),
			'jobId'    => array( 'type' => 'string', 'format' => 'uuid', 'required' => true ),
		);
		return array_filter(
			$known,
			static function ( string $argument ) use ( $path ): bool {
				return false !== strpos( $path, ":{$argument}" );
			},
			ARRAY_FILTER_USE_KEY
		);
	}
}
