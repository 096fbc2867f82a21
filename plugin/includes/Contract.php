<?php
/**
 * What PHP has to know of the contract.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * Files that are printed from the contract and the scripts (`npm run print-routes`): nothing of it is written a second time here.
 */
class Contract {

	/**
	 * What was read, by name of the file.
	 *
	 * @var array<string, array>
	 */
	private static $read = array();

	/**
	 * The routes.
	 *
	 * @return array<string, array{method: string, path: string, access: string, sendsConnection?: bool, savesAccount?: bool, tellsMail?: bool, listsServers?: bool}>
	 */
	public static function routes(): array {
		return self::file( 'routes.json' );
	}

	/**
	 * Everything that a person may be allowed.
	 *
	 * @return string[]
	 */
	public static function permissions(): array {
		return self::file( 'contract.json' )['permissions'];
	}

	/**
	 * As much as the backend takes of one request.
	 */
	public static function max_body_bytes(): int {
		return self::file( 'contract.json' )['maxBodyBytes'];
	}

	/**
	 * How many servers one call may be about.
	 */
	public static function most_servers(): int {
		return self::file( 'contract.json' )['mostServers'];
	}

	/**
	 * Of how many servers one request may tell name and owner.
	 */
	public static function most_entries(): int {
		return self::file( 'contract.json' )['mostEntries'];
	}

	/**
	 * How many servers a person who does not manage the site can look through at once.
	 */
	public static function most_within(): int {
		return self::file( 'contract.json' )['mostWithin'];
	}

	/**
	 * What each route takes.
	 *
	 * @return array<string, array<string, array>> Arguments by name, of routes by name, or by method and path.
	 */
	public static function args(): array {
		return self::file( 'args.json' );
	}

	/**
	 * What each route answers. Large: read it only where somebody asks for it.
	 *
	 * @return array<string, array> JSON Schemas of routes by name, or by method and path.
	 */
	public static function schemas(): array {
		return self::file( 'schemas.json' );
	}

	/**
	 * Words of the scripts that PHP prints, too.
	 *
	 * @return array<string, array<string, array{text: string, context?: string, tone?: string}>> By kind and name.
	 */
	public static function words(): array {
		return self::file( 'words.json' );
	}

	/**
	 * A regular expression without its ends.
	 *
	 * @param string $name serverId, serverIds or jobId.
	 */
	public static function pattern( string $name ): string {
		return self::file( 'contract.json' )['patterns'][ $name ];
	}

	/**
	 * First line of a text that is signed: keeps one signature from being used for another purpose.
	 *
	 * @param string $name pair, pairAgain or rotate.
	 */
	public static function purpose( string $name ): string {
		return self::file( 'contract.json' )['purposes'][ $name ];
	}

	/**
	 * A printed file.
	 *
	 * @param string $name Beside the plugin's main file.
	 */
	private static function file( string $name ): array {
		if ( ! isset( self::$read[ $name ] ) ) {
			self::$read[ $name ] = wp_json_file_decode( dirname( PLUGIN_FILE ) . '/' . $name, array( 'associative' => true ) );
		}
		return self::$read[ $name ];
	}
}
