import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logPath } from '../system/paths.ts';
import type { WpCli } from '../wordpress/wp-cli.ts';
import type { KnownPlugin } from './plugins.ts';
import type { Tried } from './real.ts';

const logFile = join( logPath, 'wordpress.log' );
/** Our screens, drawn for an administrator by WordPress in one process. */
const drawOurs = `
	wp_set_current_user( 1 );
	do_action( 'admin_menu' );
	( new Email_Gateway\\Settings_Page() )->render();
	do_action( 'rest_api_init' );
	echo wp_json_encode( rest_do_request( new WP_REST_Request( 'GET', '/email-gateway/v1/site' ) )->get_data() );`;

/** Each other mail plugin active beside ours: does ours still draw, and does PHP complain about either? */
export async function besideOthers( wp: WpCli, there: readonly KnownPlugin[] ): Promise< Tried[] > {
	const tried: Tried[] = [];
	for ( const name of there.filter( ( one ) => one === 'fluent-smtp' || one === 'wp-mail-smtp' ) ) {
		const before = await logged();
		const activated = await wp.attempt( [ 'plugin', 'activate', name ] );
		if ( activated.code !== 0 ) {
			tried.push( {
				name: `${ name } cannot be activated`,
				skipped: true,
				problems: [],
				notes: [ lastLine( activated ) ],
			} );
			continue;
		}
		const drawn = await wp.attempt( [ 'eval-file', '-' ], { stdin: `<?php ${ drawOurs }` } );
		const complaints = ( await logged() )
			.slice( before.length )
			.filter( ( line ) => line.includes( 'email-gateway' ) );
		await wp( [ 'plugin', 'deactivate', name ] );
		const isDrawn = drawn.code === 0 && drawn.stdout.includes( 'email-gateway-app' );
		tried.push( {
			name: `${ name } active beside ours`,
			problems: [ ...( isDrawn ? [] : [ `Ours is not drawn: ${ lastLine( drawn ) }` ] ), ...complaints ],
		} );
	}
	return tried;
}

async function logged(): Promise< string[] > {
	return existsSync( logFile ) ? ( await readFile( logFile, 'utf8' ) ).split( '\n' ) : [];
}

function lastLine( { stdout, stderr }: { stdout: string; stderr: string } ): string {
	return `${ stdout }\n${ stderr }`.trim().split( '\n' ).at( -1 ) ?? '';
}
