import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { UsageError } from '../options.ts';
import { findPlugins, layIntoSite } from './plugins.ts';
import { chosenParts } from './real.ts';

let folder = '';
beforeEach( async () => {
	folder = await mkdtemp( join( tmpdir(), 'email-gateway-real-' ) );
} );
afterEach( () => rm( folder, { recursive: true, force: true } ) );

test( 'says which plugins are there and which are not, and copies those into a site', async () => {
	await mkdir( join( folder, 'there/woocommerce' ), { recursive: true } );
	await writeFile( join( folder, 'there/woocommerce/woocommerce.php' ), '<?php // new' );
	const site = join( folder, 'site' );
	await mkdir( join( site, 'wp-content/plugins/woocommerce' ), { recursive: true } );
	await writeFile( join( site, 'wp-content/plugins/woocommerce/old.php' ), '<?php // of an earlier run' );

	const { there, missing } = findPlugins( join( folder, 'there' ) );
	expect( there ).toEqual( [ 'woocommerce' ] );
	expect( missing ).toContain( 'wp-cloud-deploy' );
	await layIntoSite( join( folder, 'there' ), there, site );
	const laid = join( site, 'wp-content/plugins/woocommerce' );
	await expect( readFile( join( laid, 'woocommerce.php' ), 'utf8' ) ).resolves.toContain( 'new' );
	await expect( readFile( join( laid, 'old.php' ), 'utf8' ) ).rejects.toThrow( 'ENOENT' );
} );

test( 'a folder that is not there is told as that', () => {
	expect( () => findPlugins( undefined ) ).toThrow( 'EMAIL_GATEWAY_REAL_PLUGINS names no folder' );
	expect( () => findPlugins( join( folder, 'no' ) ) ).toThrow( 'EMAIL_GATEWAY_REAL_PLUGINS names no folder' );
} );

test( 'all parts are tried unless some are named, and a name that is none is refused', () => {
	expect( chosenParts( [ '--only', 'zip,wpcd' ] ) ).toEqual( [ 'wpcd', 'zip' ] );
	expect( chosenParts( [] ) ).toContain( 'customer' );
	expect( () => chosenParts( [ '--only', 'zip,all' ] ) ).toThrow( UsageError );
	expect( () => chosenParts( [ '--every' ] ) ).toThrow( UsageError );
} );
