<?php
/**
 * Requests to the backend.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * What goes to the backend, and what comes back.
 */
class Backend_Client_Test extends Backend_Client_Test_Case {

	/**
	 * The body is the browser's, byte for byte, however odd.
	 */
	public function test_passes_the_body_byte_for_byte() {
		$body = "{ \"settings\" : {\"password\":{\"use\":\"typed\",\"value\":\"p#\$a:s \\\"s'\\\\`\u{fc}\u{1f600} <%41>\"}}, \"n\": 1.0,\"n\":1e0,\t\"empty\":{} }";
		$this->call( 'POST', "/servers/{$this->server_id}/gateway/install", array( 'body' => $body ) );
		$this->assertSame( $body, $this->sent[0]['body'] );
		$this->assertSame(
			'sha-256=:' . base64_encode( hash( 'sha256', $body, true ) ) . ':',
			$this->sent[0]['headers']['Content-Digest']
		);
	}

	/**
	 * The signature holds for the audience, not for the address that is asked.
	 */
	public function test_signs_for_the_audience_with_the_site_s_key() {
		$this->call( 'GET', "/servers/{$this->server_id}" );
		$sent  = $this->sent[0];
		$input = substr( $sent['headers']['Signature-Input'], strlen( 'sig1=' ) );
		$base  = implode(
			"\n",
			array(
				'"@method": GET',
				'"@target-uri": ' . self::AUDIENCE . "/v1/servers/{$this->server_id}",
				'"content-digest": sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:',
				'"email-gateway-actor": ' . $sent['headers']['Email-Gateway-Actor'],
				'"@signature-params": ' . $input,
			)
		);
		$signature = base64_decode( substr( $sent['headers']['Signature'], strlen( 'sig1=:' ), -1 ) );
		$this->assertTrue( sodium_crypto_sign_verify_detached( $signature, $base, $this->keys['public'] ) );
		$this->assertSame( self::BACKEND . "/v1/servers/{$this->server_id}", $sent['url'] );
		$this->assertEqualsWithDelta( time(), $this->created(), 2 );
	}

	/**
	 * No redirect, and no longer than ten seconds.
	 */
	public function test_follows_no_redirect_and_waits_ten_seconds_at_most() {
		$this->call( 'GET', "/servers/{$this->server_id}" );
		$this->assertSame( 0, $this->sent[0]['redirection'] );
		$this->assertLessThanOrEqual( 10, $this->sent[0]['timeout'] );
		$this->answer_with( 302, '' );
		$this->assert_refused( 502, 'backend_refused', 'answer_not_understood' );
	}

	/**
	 * What WordPress and its scripts add to the query stays here.
	 */
	public function test_leaves_wordpress_s_own_parameters_out_of_the_query() {
		$query = array( 'after' => '3', '_locale' => 'user', 'rest_route' => '/x', '_wpnonce' => 'abc', 'b c' => 'ü&=' );
		$path  = "/servers/{$this->server_id}/jobs/" . Rest_Access_Test::JOB_ID;
		$this->call( 'GET', $path, array( 'query' => $query ) );
		$this->assertSame( self::BACKEND . "/v1{$path}?after=3&b%20c=%C3%BC%26%3D", $this->sent[0]['url'] );
	}

	/**
	 * The backend's refusals come back as they are.
	 */
	public function test_gives_back_the_backend_s_status_and_body() {
		$body = '{"code":"password_required","message":"…","data":{"status":422,"detail":{},"fields":[]}}';
		$this->answer_with( 422, $body );
		$answer = $this->call( 'POST', "/servers/{$this->server_id}/gateway/install", array( 'body' => '{}' ) );
		$this->assertSame( 422, $answer->get_status() );
		// An empty object stays one.
		$this->assertSame( $body, wp_json_encode( rest_get_server()->response_to_data( $answer, false ), JSON_UNESCAPED_UNICODE ) );
	}

	/**
	 * A 401 would tell the browser that its own session has ended.
	 */
	public function test_never_gives_a_401_to_the_browser() {
		$this->answer_with( 401, '{"code":"site_unknown","message":"…","data":{"status":401}}' );
		$this->assert_refused( 502, 'backend_refused', 'site_unknown' );
	}

	/**
	 * A backend that does not answer is said to be unreachable, with the reason for those who may know addresses.
	 */
	public function test_says_that_the_backend_is_unreachable() {
		$this->be_unreachable( 'Connection refused by 10.1.2.3' );
		$this->assert_refused( 503, 'backend_unreachable', 'Connection refused by 10.1.2.3' );
		$this->answer_with( 502, '<html>Bad Gateway</html>' );
		$this->assert_refused( 503, 'backend_unreachable', 'HTTP 502' );
	}

	/**
	 * An owner of a server learns no address of the backend.
	 */
	public function test_tells_owners_no_address() {
		$this->server_id = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$this->be_unreachable( 'Connection refused by 10.1.2.3' );
		$this->assert_refused( 503, 'backend_unreachable', null );
	}

	/**
	 * Another program at that address is not taken for the backend.
	 */
	public function test_does_not_take_a_web_page_for_an_answer() {
		$this->answer_with( 200, '<html>Welcome</html>' );
		$this->assert_refused( 502, 'backend_refused', 'answer_not_understood' );
		$this->answer_with( 200, '"text"' );
		$this->assert_refused( 502, 'backend_refused', 'answer_not_understood' );
	}

	/**
	 * Without a pairing nothing is sent.
	 */
	public function test_says_that_the_site_is_not_paired() {
		delete_option( 'email_gateway_pairing' );
		$this->assert_refused( 409, 'not_paired', 'never_paired' );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * A backend behind a firewall that drops packets: a listener whose queue is full does the same.
	 */
	public function test_gives_up_connecting_after_three_seconds() {
		remove_all_filters( 'pre_http_request' );
		$context  = stream_context_create( array( 'socket' => array( 'backlog' => 0 ) ) );
		$listener = stream_socket_server( 'tcp://127.0.0.1:0', $number, $text, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context );
		$address  = stream_socket_get_name( $listener, false );
		$queued   = array();
		for ( $i = 0; $i < 3; $i++ ) {
			$queued[] = stream_socket_client( "tcp://{$address}", $number, $text, 1, STREAM_CLIENT_CONNECT | STREAM_CLIENT_ASYNC_CONNECT );
		}
		update_option( 'email_gateway_pairing', array( 'backend_url' => "http://{$address}" ) + get_option( 'email_gateway_pairing' ) );
		$started = microtime( true );
		$status  = $this->call( 'GET', "/servers/{$this->server_id}" )->get_status();
		$seconds = microtime( true ) - $started;
		fclose( $listener );
		$this->assertSame( 503, $status );
		$this->assertGreaterThan( 2.5, $seconds );
		$this->assertLessThan( 5, $seconds );
	}
}
