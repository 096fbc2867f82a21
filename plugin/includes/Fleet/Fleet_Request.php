<?php
/**
 * What somebody asks of the list of servers.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Fleet;

/**
 * The address of the list, as the contract's findServers asks for it. Nothing is changed by it.
 */
class Fleet_Request {

	const STATE   = 'email_gateway_state';
	const GATEWAY = 'email_gateway_there';
	const TROUBLE = 'email_gateway_trouble';

	const SORTS = array(
		'title'                   => 'name',
		'email_gateway_host'      => 'host',
		'email_gateway_gateway'   => 'state',
		'email_gateway_last-test' => 'tested',
	);

	/** What makes a view: every other argument leads through it. */
	const OF_A_VIEW = array( self::STATE, self::GATEWAY, self::TROUBLE, 'author', 's', 'orderby', 'order' );

	/**
	 * An argument of the address, as text.
	 *
	 * @param string $name Its name.
	 */
	public static function argument( string $name ): string {
		$value = wp_unslash( $_GET[ $name ] ?? '' ); // phpcs:ignore WordPress.Security -- nothing is changed by it, and it is cleaned here.
		return is_string( $value ) ? sanitize_text_field( $value ) : '';
	}

	/**
	 * What a view consists of, without what is empty.
	 *
	 * @return array<string, string>
	 */
	public static function view(): array {
		$arguments = array_combine( self::OF_A_VIEW, array_map( array( self::class, 'argument' ), self::OF_A_VIEW ) );
		return array_filter( $arguments, 'strlen' );
	}

	/**
	 * The query for the backend; what is no choice is left out.
	 *
	 * @param int $page Which page, from 1.
	 * @param int $size Rows of a page.
	 * @return array<string, string|int>
	 */
	public static function query( int $page, int $size ): array {
		$state  = self::argument( self::STATE );
		$there  = self::argument( self::GATEWAY );
		$author = self::argument( 'author' );
		return array_filter(
			array(
				'search'  => mb_substr( self::argument( 's' ), 0, 200 ),
				'state'   => isset( Screen_Words::states()[ $state ] ) ? $state : '',
				'trouble' => '' === self::argument( self::TROUBLE ) ? '' : 'yes',
				'gateway' => in_array( $there, array( 'yes', 'no' ), true ) ? $there : '',
				'owner'   => ctype_digit( $author ) && '0' !== $author ? $author : '',
				'sort'    => self::SORTS[ self::argument( 'orderby' ) ] ?? 'name',
				'order'   => 'desc' === strtolower( self::argument( 'order' ) ) ? 'desc' : 'asc',
				'page'    => max( 1, $page ),
				'size'    => min( 999, max( 1, $size ) ),
			),
			static function ( $value ): bool {
				return '' !== $value;
			}
		);
	}

	/**
	 * Whether what is asked for cannot be had without the backend.
	 */
	public static function needs_backend(): bool {
		$sorted = self::SORTS[ self::argument( 'orderby' ) ] ?? 'name';
		return 'name' !== $sorted || '' !== self::argument( self::STATE ) . self::argument( self::GATEWAY ) . self::argument( self::TROUBLE );
	}
}
