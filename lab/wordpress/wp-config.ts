import { randomBytes } from 'node:crypto';

export type WordPressDatabase =
	| { kind: 'sqlite'; dir: string }
	| { kind: 'mariadb'; socket: string; name: string; user: string; password: string };

export interface WpConfigOptions {
	/** The site's address, without a slash at the end. */
	url: string;
	database: WordPressDatabase;
	/** Absolute path of PHP's and WordPress's own log. */
	debugLog: string;
	/** Written once and kept, see newSalts. */
	salts: Record< string, string >;
	/** A network of sites in folders below the address, whose tables are there already. */
	network?: boolean;
	/** What wp_get_environment_type() answers; `local` unless told. */
	environment?: 'local' | 'staging' | 'production';
}

const saltNames = [
	'AUTH_KEY',
	'SECURE_AUTH_KEY',
	'LOGGED_IN_KEY',
	'NONCE_KEY',
	'AUTH_SALT',
	'SECURE_AUTH_SALT',
	'LOGGED_IN_SALT',
	'NONCE_SALT',
];

/** Fresh random keys and salts, 64 characters each. */
export function newSalts(): Record< string, string > {
	return Object.fromEntries( saltNames.map( ( name ) => [ name, randomBytes( 48 ).toString( 'base64' ) ] ) );
}

/** The text of wp-config.php: the same input gives the same text. */
export function renderWpConfig( options: WpConfigOptions ): string {
	const constants: Record< string, string | number | boolean > = {
		...( options.network ? networkConstants( options.url ) : { WP_HOME: options.url, WP_SITEURL: options.url } ),
		...databaseConstants( options.database ),
		DB_CHARSET: 'utf8mb4',
		DB_COLLATE: '',
		...options.salts,
		WP_ENVIRONMENT_TYPE: options.environment ?? 'local',
		WP_DEBUG: true,
		WP_DEBUG_LOG: options.debugLog,
		WP_DEBUG_DISPLAY: false,
		SCRIPT_DEBUG: false,
		// The lab talks to this machine only.
		WP_HTTP_BLOCK_EXTERNAL: true,
		WP_ACCESSIBLE_HOSTS: '127.0.0.1,localhost',
		AUTOMATIC_UPDATER_DISABLED: true,
		WP_AUTO_UPDATE_CORE: false,
		DISALLOW_FILE_MODS: true,
		DISABLE_WP_CRON: true,
	};
	const lines = Object.entries( constants ).map(
		( [ name, value ] ) => `define( '${ name }', ${ phpLiteral( value ) } );`
	);
	return [
		'<?php',
		...lines,
		"$table_prefix = 'wp_';",
		"if ( ! defined( 'ABSPATH' ) ) {",
		"\tdefine( 'ABSPATH', __DIR__ . '/' );",
		'}',
		"require_once ABSPATH . 'wp-settings.php';",
		'',
	].join( '\n' );
}

/** Without WP_HOME, which would be the address of every site of the network. */
function networkConstants( url: string ): Record< string, string | number | boolean > {
	return {
		MULTISITE: true,
		SUBDOMAIN_INSTALL: false,
		DOMAIN_CURRENT_SITE: new URL( url ).host,
		PATH_CURRENT_SITE: '/',
		SITE_ID_CURRENT_SITE: 1,
		BLOG_ID_CURRENT_SITE: 1,
	};
}

function databaseConstants( database: WordPressDatabase ): Record< string, string > {
	if ( database.kind === 'sqlite' ) {
		return {
			DB_ENGINE: 'sqlite',
			DB_DIR: database.dir,
			DB_FILE: 'wordpress.sqlite',
			DB_NAME: 'wordpress',
			DB_USER: '',
			DB_PASSWORD: '',
			DB_HOST: '',
		};
	}
	return {
		DB_NAME: database.name,
		DB_USER: database.user,
		DB_PASSWORD: database.password,
		DB_HOST: `localhost:${ database.socket }`,
	};
}

/** A value as PHP source; only backslash and quote mean something within single quotes. */
export function phpLiteral( value: string | number | boolean ): string {
	if ( typeof value !== 'string' ) {
		return String( value );
	}
	return `'${ value.replace( /[\\']/g, '\\$&' ) }'`;
}
