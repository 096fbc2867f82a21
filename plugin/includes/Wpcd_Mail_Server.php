<?php
/**
 * The mail server in a record of WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * WPCloudDeploy asks for "server:port" in one field and takes any text. What people write there: a port after a space,
 * the address of a provider's page with its scheme, or no port at all.
 */
class Wpcd_Mail_Server {

	/** Where ssmtp connects when the text names no port. */
	const PORT_OF_SSMTP = 25;

	/** What a scheme stands for; ssmtp knows none, so that such a text never worked there. */
	const PORTS_OF_SCHEMES = array(
		'smtp'       => 587,
		'submission' => 587,
		'tls'        => 587,
		'starttls'   => 587,
	);

	const PORT_OF_OTHER_SCHEMES = 465;

	/**
	 * The two parts of such a text. One that cannot be read stands as the host, which the backend then refuses with
	 * the text in its answer: better than a guess.
	 *
	 * @param string $text As it is saved.
	 * @return array{0: string, 1: int}
	 */
	public static function host_and_port( string $text ): array {
		$text = trim( $text );
		if ( ! preg_match( '~\A(?:([a-z]+)://)?(\[[0-9a-f:.]+\]|[^\s:/\[\]]+)(?:\s*:\s*(\d{1,5}))?/?\z~i', $text, $parts ) ) {
			return array( $text, self::PORT_OF_SSMTP );
		}
		return array( trim( $parts[2], '[]' ), (int) ( $parts[3] ?? self::usual_port( strtolower( $parts[1] ) ) ) );
	}

	/**
	 * The port that is meant where none is written.
	 *
	 * @param string $scheme In small letters; empty for none.
	 */
	private static function usual_port( string $scheme ): int {
		return '' === $scheme ? self::PORT_OF_SSMTP : self::PORTS_OF_SCHEMES[ $scheme ] ?? self::PORT_OF_OTHER_SCHEMES;
	}
}
