import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { openBrowser, signIn } from '../journeys/browser.ts';
import { checkoutPath, labPath } from '../system/paths.ts';
import { inTurn, quantile, spread, type BenchContext, type Measured } from './figures.ts';
import { startSite } from './site.ts';

/** What the issue allows our script to weigh on the way to the browser. */
const mostScriptBytes = 60_000;

/** How heavy the screen of a server is, and how soon a person can type into it, against a metabox made by PHP alone. */
export async function screen( context: BenchContext ): Promise< Measured > {
	const { status, wp, serverId } = await startSite( context );
	const plugins = join( labPath, 'wordpress/wp-content/mu-plugins' );
	await cp( join( import.meta.dirname, 'plain-metabox.php' ), join( plugins, 'plain-metabox.php' ) );
	const plainId = (
		await wp( [ 'post', 'create', '--post_type=bench_plain', '--post_status=publish', '--porcelain' ] )
	).trim();
	const { url, adminUser: user, adminPassword: password } = status.wordpress;
	const browser = await openBrowser();
	try {
		const { page, complaints } = await signIn( browser, { url, user, password } );
		const sides = [
			{ name: 'ours', post: serverId, timesMs: [] as number[] },
			{ name: 'plain metabox', post: plainId, timesMs: [] as number[] },
		];
		for ( const { side, round } of inTurn( sides, context.count( 30 ) + 1 ) ) {
			const tookMs = await timeToUsable( page, `${ url }/wp-admin/post.php?post=${ side.post }&action=edit` );
			// the first visit fills the browser's cache and PHP's
			if ( round > 0 ) {
				side.timesMs.push( tookMs );
			}
		}
		const [ ours, plain ] = sides.map( ( { timesMs } ) => timesMs ) as [ number[], number[] ];
		const scriptBytes = await weight();
		return {
			sides: {
				ours: { ...spread( 'usable', ours ), scriptBytes, errors: complaints.length },
				'plain metabox': { ...spread( 'usable', plain ), scriptBytes: 0, errors: 0 },
			},
			ratios: {
				'our script, gzipped / 60 KB': { value: scriptBytes / mostScriptBytes, goal: { atMost: 1 } },
				'time to usable, ours / plain': { value: quantile( ours, 0.5 ) / quantile( plain, 0.5 ) },
			},
		};
	} finally {
		await browser.close();
	}
}

/** From the click on a link until the first field takes what is typed. */
async function timeToUsable( page: Page, address: string ): Promise< number > {
	const from = performance.now();
	await page.goto( address, { waitUntil: 'commit' } );
	const field = page.getByLabel( 'Host', { exact: true } );
	await field.fill( 'web1.example.com' );
	const tookMs = performance.now() - from;
	if ( ( await field.inputValue() ) !== 'web1.example.com' ) {
		throw new Error( `${ address } lost what was typed.` );
	}
	return tookMs;
}

/** What the web server of a production site would send: WordPress's own scripts are there on every screen. */
async function weight(): Promise< number > {
	return gzipSync( await readFile( join( checkoutPath, 'plugin/build/metabox.js' ) ), { level: 9 } ).length;
}
