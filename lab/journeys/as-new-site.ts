import { join } from 'node:path';
import { labPath } from '../system/paths.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import { systemPhp } from '../wordpress/system-php.ts';
import { wpCli, type WpCli } from '../wordpress/wp-cli.ts';

const hidden = 'email_gateway_hidden';
const stash = 'email_gateway_stash';

/** WP-CLI in the lab's WordPress. */
export async function wpOfLab(): Promise< WpCli > {
	const { wpCli: phar } = await ensureWordPressFiles( () => {} );
	const php = systemPhp( join( labPath, 'wordpress' ) );
	return wpCli( { phar, php, signal: AbortSignal.timeout( 600_000 ) } );
}

/**
 * Makes the lab's WordPress one on which the plugin was never activated: its pairing and servers are laid aside. To the
 * backend it is a new site then. `end` brings all of it back.
 */
export async function asNewSite( wp: WpCli ): Promise< { end(): Promise< void > } > {
	const php = ( code: string ) => wp( [ 'eval-file', '-' ], { stdin: `<?php global $wpdb; ${ code }` } );
	await wp( [ 'plugin', 'deactivate', 'email-gateway' ] );
	await php( `
		$wpdb->update( $wpdb->posts, array( 'post_type' => '${ hidden }' ), array( 'post_type' => 'email_gateway_server' ) );
		update_option( '${ stash }', get_option( 'email_gateway_pairing' ), false );
		delete_option( 'email_gateway_pairing' );` );
	return {
		async end() {
			await php( `
				$wpdb->delete( $wpdb->posts, array( 'post_type' => 'email_gateway_server' ) );
				$wpdb->update( $wpdb->posts, array( 'post_type' => 'email_gateway_server' ), array( 'post_type' => '${ hidden }' ) );
				update_option( 'email_gateway_pairing', get_option( '${ stash }' ), false );
				delete_option( '${ stash }' );
				wp_cache_flush();` );
			await wp( [ 'plugin', 'activate', 'email-gateway' ] );
		},
	};
}
