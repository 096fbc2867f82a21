import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pluginZip } from '../build/plugin-zip.ts';
import { checkoutPath, labPath } from '../system/paths.ts';
import { run } from '../system/run.ts';
import type { WpCli } from '../wordpress/wp-cli.ts';
import type { Tried } from './real.ts';

/** One of `wp plugin check --format=json`. */
interface Finding {
	file: string;
	line: number;
	type: 'ERROR' | 'WARNING';
	code: string;
	message: string;
}

/** Meant so: our `Update URI` names a reserved host, so that no plugin of that name is offered as an update (docs/threats.md). */
const meant = [ 'plugin_updater_detected' ];

/** Plugin Check on what people install, which takes the place of the checkout in the site. Errors are problems; warnings are told. */
export async function checkZip( wp: WpCli ): Promise< Tried > {
	const name = 'Plugin Check on the zip';
	const zipFile = join( labPath, 'email-gateway.zip' );
	await writeFile( zipFile, await pluginZip( join( checkoutPath, 'plugin' ) ) );
	// the name of the folder is the text domain that it expects: where the link to the checkout was, until the next up
	const plugins = join( labPath, 'wordpress/wp-content/plugins' );
	await rm( join( plugins, 'email-gateway' ), { recursive: true, force: true } );
	await run( [ 'python3', '-m', 'zipfile', '-e', zipFile, plugins ] );
	await wp( [ 'plugin', 'activate', 'plugin-check' ] );
	const checked = await wp.attempt( [ 'plugin', 'check', 'email-gateway', '--format=json' ] );
	await wp( [ 'plugin', 'deactivate', 'plugin-check' ] );
	const findings = readFindings( checked.stdout );
	const told = ( isProblem: boolean ) =>
		findings
			.filter( ( { type, code } ) => ( type === 'ERROR' && ! meant.includes( code ) ) === isProblem )
			.map( ( { type, file, line, code, message } ) => `${ type } ${ file }:${ line } ${ code }: ${ message }` );
	const broken =
		checked.code !== 0 && findings.length === 0 ? [ `It ended with ${ checked.code }: ${ checked.stderr }` ] : [];
	return { name, problems: [ ...broken, ...told( true ) ], notes: told( false ) };
}

/** It prints `FILE: name`, then a line with an array of what is in it, for each file. */
export function readFindings( printed: string ): Finding[] {
	const findings: Finding[] = [];
	let file = '';
	for ( const line of printed.split( '\n' ) ) {
		if ( line.startsWith( 'FILE: ' ) ) {
			file = line.slice( 'FILE: '.length ).trim();
		} else if ( line.startsWith( '[' ) ) {
			findings.push(
				...( JSON.parse( line ) as Omit< Finding, 'file' >[] ).map( ( one ) => ( { ...one, file } ) )
			);
		}
	}
	return findings;
}
