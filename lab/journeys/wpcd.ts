import { join } from 'node:path';
import { makeManagedKey } from '../../backend/src/ssh/key-pair.ts';
import type { LabServer, LabStatus } from '../state.ts';
import { labPath } from '../system/paths.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import { systemPhp } from '../wordpress/system-php.ts';
import { phpLiteral } from '../wordpress/wp-config.ts';
import { wpCli, type WpCli } from '../wordpress/wp-cli.ts';
import { wpcdPlugins } from './neighbours.ts';
import { onServer } from './server.ts';

const siteDir = join( labPath, 'wordpress' );
const keyComment = 'wpcd-journey';

export interface Wpcd {
	/** The post of the server there. */
	postId: number;
	/** Runs PHP in the lab's WordPress; returns what it printed. */
	php( code: string ): Promise< string >;
	/** Takes the plugin, the post and the key on the server away again. */
	leave(): Promise< void >;
}

/** Activates WPCloudDeploy, or the stand-in for it, and gives it one server with its key and with a gateway that it "has installed". */
export async function withWpcd( lab: LabStatus, server: LabServer, sendingDomain: string ): Promise< Wpcd > {
	const { wpCli: phar } = await ensureWordPressFiles( () => {} );
	const wp: WpCli = wpCli( { phar, php: systemPhp( siteDir ), signal: AbortSignal.timeout( 600_000 ) } );
	// over standard input: the code holds secrets
	const php = ( code: string ) => wp( [ 'eval-file', '-' ], { stdin: `<?php ${ code }` } );
	await wp( [ 'plugin', 'activate', ...wpcdPlugins ] );
	const { privateKey, publicKey } = makeManagedKey( keyComment );
	await onServer( server, `mkdir -p ~/.ssh && echo '${ publicKey }' >>~/.ssh/authorized_keys` );
	const { host, port, user, password } = lab.provider;
	const smtp = phpLiteral( `${ host }:${ port }` );
	const postId = await php( `
		update_option( 'wpcd_settings', array(
			'vpn_custom-server_ipv4'           => ${ phpLiteral( server.host ) },
			'vpn_custom-server_sshkey'         => WPCD()->encrypt( ${ phpLiteral( privateKey.reveal() ) } ),
			'wpcd_email_gateway_smtp_server'   => ${ smtp },
			'wpcd_email_gateway_smtp_user'     => ${ phpLiteral( user ) },
			'wpcd_email_gateway_smtp_password' => ${ phpLiteral( password ) },
			'wpcd_email_gateway_smtp_domain'   => ${ phpLiteral( sendingDomain ) },
		) );
		$made = WPCD_SERVER()->create_server( 'create', array(
			'name'             => ${ phpLiteral( server.name ) },
			'user_id'          => get_user_by( 'login', ${ phpLiteral( lab.wordpress.adminUser ) } )->ID,
			'provider'         => 'custom-server',
			'server-type'      => 'wordpress-app',
			'initial_app_name' => 'wordpress-app',
			'webserver_type'   => 'nginx',
			'initial_os'       => 'ubuntu2204lts',
			'scripts_version'  => 'v1',
			'region'           => 'lab',
			'size_raw'         => 'lab',
			'init'             => true,
		) );
		$made = WPCD_WORDPRESS_APP()->add_app( $made );
		WPCD_SERVER()->add_ipv4_address( $made['post_id'], $made['ip'] );
		update_post_meta( $made['post_id'], 'wpcd_wpapp_email_gateway', array(
			'smtp_server' => ${ smtp },
			'smtp_user'   => ${ phpLiteral( user ) },
			'smtp_pass'   => WPCD()->encrypt( ${ phpLiteral( password ) } ),
			'domain'      => ${ phpLiteral( sendingDomain ) },
			'hostname1'   => '',
			'usetls'      => 'YES',
			'usestarttls' => 'YES',
			'note'        => '',
		) );
		echo 'made:', $made['post_id'];` ).then( ( printed ) => printed.slice( printed.lastIndexOf( 'made:' ) + 5 ) );
	return {
		postId: Number( postId ),
		php,
		async leave() {
			// WPCloudDeploy lets nobody delete a server who may not, WP-CLI included
			await php( `
				wp_set_current_user( get_user_by( 'login', ${ phpLiteral( lab.wordpress.adminUser ) } )->ID );
				wp_delete_post( ${ Number( postId ) }, true );
				delete_option( 'wpcd_settings' );` );
			await wp( [ 'plugin', 'deactivate', ...wpcdPlugins.toReversed() ] );
			await onServer( server, `sed -i '/ ${ keyComment }$/d' ~/.ssh/authorized_keys` );
		},
	};
}
