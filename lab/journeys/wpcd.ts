import { join } from 'node:path';
import { makeManagedKey } from '../../backend/src/ssh/key-pair.ts';
import type { LabServer, LabStatus } from '../state.ts';
import { labPath } from '../system/paths.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import { systemPhp } from '../wordpress/system-php.ts';
import { phpLiteral } from '../wordpress/wp-config.ts';
import { wpCli, type WpCli } from '../wordpress/wp-cli.ts';
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

/** Activates the stand-in, and gives it one server with its key and with a gateway that it "has installed". */
export async function withWpcd( lab: LabStatus, server: LabServer, sendingDomain: string ): Promise< Wpcd > {
	const { wpCli: phar } = await ensureWordPressFiles( () => {} );
	const wp: WpCli = wpCli( { phar, php: systemPhp( siteDir ), signal: AbortSignal.timeout( 600_000 ) } );
	// over standard input: the code holds secrets
	const php = ( code: string ) => wp( [ 'eval-file', '-' ], { stdin: `<?php ${ code }` } );
	await wp( [ 'plugin', 'activate', 'wpcd-stand-in' ] );
	const { privateKey, publicKey } = makeManagedKey( keyComment );
	await onServer( server, `mkdir -p ~/.ssh && echo '${ publicKey }' >>~/.ssh/authorized_keys` );
	const { host, port, user, password } = lab.provider;
	const smtp = phpLiteral( `${ host }:${ port }` );
	const postId = await php( `
		update_option( 'wpcd_settings', array(
			'vpn_lab_sshkey'                   => WPCD()->encrypt( ${ phpLiteral( privateKey.reveal() ) } ),
			'wpcd_email_gateway_smtp_server'   => ${ smtp },
			'wpcd_email_gateway_smtp_user'     => ${ phpLiteral( user ) },
			'wpcd_email_gateway_smtp_password' => ${ phpLiteral( password ) },
			'wpcd_email_gateway_smtp_domain'   => ${ phpLiteral( sendingDomain ) },
		) );
		echo wp_insert_post( array(
			'post_type'   => 'wpcd_app_server',
			'post_status' => 'private',
			'post_title'  => ${ phpLiteral( server.name ) },
			'post_author' => get_user_by( 'login', ${ phpLiteral( lab.wordpress.adminUser ) } )->ID,
			'meta_input'  => array(
				'wpcd_server_server-type'  => 'wordpress-app',
				'wpcd_server_provider'     => 'lab',
				'wpcd_server_ipv4'         => ${ phpLiteral( server.host ) },
				'wpcd_wpapp_email_gateway' => array(
					'smtp_server' => ${ smtp },
					'smtp_user'   => ${ phpLiteral( user ) },
					'smtp_pass'   => WPCD()->encrypt( ${ phpLiteral( password ) } ),
					'domain'      => ${ phpLiteral( sendingDomain ) },
					'hostname1'   => '',
					'note'        => '',
				),
			),
		) );` );
	return {
		postId: Number( postId ),
		php,
		async leave() {
			await php( `wp_delete_post( ${ Number( postId ) }, true ); delete_option( 'wpcd_settings' );` );
			await wp( [ 'plugin', 'deactivate', 'wpcd-stand-in' ] );
			await onServer( server, `sed -i '/ ${ keyComment }$/d' ~/.ssh/authorized_keys` );
		},
	};
}
