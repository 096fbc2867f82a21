<?php
/**
 * Words that PHP and the scripts share.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Fleet;

use Email_Gateway\Contract;

/**
 * What PHP prints before a script runs, it says in the script's own words: they are printed from there into words.json
 * (`npm run print-routes`), so that there is no second set of them.
 */
class Screen_Words {

	/**
	 * Words and tone of each state of a gateway.
	 *
	 * @return array<string, array{text: string, context?: string, tone: string}>
	 */
	public static function states(): array {
		return Contract::words()['states'];
	}

	/**
	 * The pill of a state, of the outcome of a test email, of an alert, or of a mark beside them.
	 *
	 * @param string $kind states, outcomes, alerts or marks.
	 * @param string $name Of the contract.
	 * @return string HTML; empty where a newer backend says what is not known here.
	 */
	public static function pill( string $kind, string $name ): string {
		$word = Contract::words()[ $kind ][ $name ] ?? null;
		return null === $word ? '' : sprintf( '<span class="email-gateway-pill is-%s">%s</span>', esc_attr( $word['tone'] ), esc_html( self::translated( $word ) ) );
	}

	/**
	 * A word in the language of the page.
	 *
	 * @param array{text: string, context?: string} $word Of words.json.
	 */
	public static function translated( array $word ): string {
		// phpcs:disable WordPress.WP.I18n -- literal in the scripts, from where the texts are collected.
		return isset( $word['context'] )
			? translate_with_gettext_context( $word['text'], $word['context'], 'email-gateway' )
			: translate( $word['text'], 'email-gateway' );
		// phpcs:enable
	}
}
