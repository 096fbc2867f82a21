<?php
/**
 * What the screen of a server shows before its script runs.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Fleet\Screen_Words;

/**
 * WordPress prints dozens of scripts before ours. Until then a person reads the state and types into fields that PHP
 * prints; the script takes over what was typed. The view comes with the page, so that the script asks nothing first.
 */
class Early_Screen {

	/** The page waits no longer; the script asks by itself then. */
	const SECONDS = 1.0;

	/**
	 * Who may do what.
	 *
	 * @var Access
	 */
	private $access;

	/**
	 * The backend.
	 *
	 * @var Backend_Client
	 */
	private $backend;

	/**
	 * Views by id of the server; null where there was no answer in time.
	 *
	 * @var array<int, object|null>
	 */
	private $views = array();

	/**
	 * Keeps what it asks.
	 *
	 * @param Access         $access  Who may do what.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Access $access, Backend_Client $backend ) {
		$this->access  = $access;
		$this->backend = $backend;
	}

	/**
	 * What the backend knows of a server, for the current user, as the contract's serverView; null without an answer, and
	 * outside wp-admin, where a page might be cached.
	 *
	 * @param int $server_id Whose gateway the person may run.
	 */
	public function view( int $server_id ): ?object {
		if ( ! is_admin() ) {
			return null;
		}
		if ( ! array_key_exists( $server_id, $this->views ) ) {
			$request = array( 'method' => 'GET', 'path' => "/servers/{$server_id}", 'query' => '', 'body' => '' );
			$actor   = Actor::current_user( $this->access->permissions( array( $server_id ) ), (int) get_post_field( 'post_author', $server_id ) );
			$answer  = $this->backend->ask( $request, $actor, self::SECONDS );
			$is_view = ! is_wp_error( $answer ) && 200 === $answer['status'] && is_object( $answer['body']->gateway ?? null );

			$this->views[ $server_id ] = $is_view ? $answer['body'] : null;
		}
		return $this->views[ $server_id ];
	}

	/**
	 * What stands in a box until the script fills it.
	 *
	 * @param int    $server_id Id of a server.
	 * @param string $screen    connection or gateway.
	 * @return string HTML.
	 */
	public function html( int $server_id, string $screen ): string {
		$view = $this->view( $server_id );
		if ( null === $view ) {
			return '';
		}
		if ( 'gateway' === $screen ) {
			return sprintf( '<p class="email-gateway-head">%s</p>', Screen_Words::pill( 'states', (string) ( $view->gateway->state ?? '' ) ) );
		}
		$is_made = 'trusted' === ( $view->connection->hostKey->state ?? '' );
		return $is_made || ! $this->access->may( 'change_connection', array( $server_id ) ) ? '' : self::fields( $view->connection ?? null );
	}

	/**
	 * The fields that a person begins with. They belong to no form, so that Enter saves no post; they have no name, so that
	 * the form around them carries nothing.
	 *
	 * @param object|null $connection Of the view.
	 */
	private static function fields( ?object $connection ): string {
		$values = array(
			'host'    => (string) ( $connection->host ?? '' ),
			'sshPort' => (string) ( $connection->sshPort ?? 22 ),
			'sshUser' => (string) ( $connection->sshUser ?? 'root' ),
		);
		$html   = '';
		foreach ( $values as $name => $value ) {
			$html .= sprintf(
				'<div class="email-gateway-field is-early"><label>%s <input type="text" form="email-gateway" data-early="%s" value="%s" autocomplete="off" autocapitalize="none" spellcheck="false"></label></div>',
				esc_html( Screen_Words::translated( Contract::words()['labels'][ $name ] ) ),
				esc_attr( $name ),
				esc_attr( $value )
			);
		}
		return sprintf( '<div class="email-gateway-card"><div class="email-gateway-row">%s</div></div>', $html );
	}
}
