import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page, Request } from 'playwright-core';
import { openBrowser, signIn } from '../journeys/browser.ts';
import { checkoutPath, labPath } from '../system/paths.ts';
import { inTurn, quantile, spread, type BenchContext, type Figures, type Measured } from './figures.ts';
import { startSite } from './site.ts';

/** What the issue allows our script to weigh on the way to the browser. */
const mostScriptBytes = 60_000;

/** As slow a processor as a person's older laptop has beside this one. */
const throttle = 4;

/**
 * How heavy the screen of a server is, and how soon a person can read its state and type into it, against a metabox made by
 * PHP alone: rounds in pairs, on a slowed processor, with scripts cached as a web server has them cached.
 */
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
		await page.addInitScript( notesWhatIsThere );
		await (
			await page.context().newCDPSession( page )
		).send( 'Emulation.setCPUThrottlingRate', { rate: throttle } );
		const sides = [
			{ name: 'ours', post: serverId, typeMs: [] as number[], readMs: [] as number[], requests: 0 },
			{ name: 'plain metabox', post: plainId, typeMs: [] as number[], readMs: [] as number[], requests: 0 },
		];
		for ( const { side, round } of inTurn( sides, context.count( 20 ) + 1 ) ) {
			const took = await visit( page, `${ url }/wp-admin/post.php?post=${ side.post }&action=edit` );
			// the first visit fills the browser's cache and PHP's
			if ( round > 0 ) {
				side.typeMs.push( took.typeMs );
				side.readMs.push( took.readMs );
				side.requests = Math.max( side.requests, took.requests );
			}
		}
		const scriptBytes = await weight();
		const figures = sides.map( ( { name, typeMs, readMs, requests } ): [ string, Figures & { errors: number } ] => [
			name,
			{
				...{ ...spread( 'type', typeMs ), ...spread( 'read', readMs ), requests },
				...( name === 'ours' ? { scriptBytes, errors: complaints.length } : { scriptBytes: 0, errors: 0 } ),
			},
		] );
		const [ ours, plain ] = sides as [ ( typeof sides )[ 0 ], ( typeof sides )[ 0 ] ];
		const paired = ( key: 'typeMs' | 'readMs' ) =>
			quantile(
				ours[ key ].map( ( ms, round ) => ms / ( plain[ key ][ round ] ?? NaN ) ),
				0.5
			);
		return {
			sides: Object.fromEntries( figures ),
			ratios: {
				'our script, gzipped / 60 KB': { value: scriptBytes / mostScriptBytes, goal: { atMost: 1 } },
				'time until a person can type, ours / plain': { value: paired( 'typeMs' ), goal: { atMost: 1.2 } },
				'time until the state can be read, ours / plain': { value: paired( 'readMs' ), goal: { atMost: 1.1 } },
				'requests to our API that read, before first use': { value: ours.requests, goal: { atMost: 0 } },
			},
		};
	} finally {
		await browser.close();
	}
}

/** From the request until the first field takes what is typed, and until the state is in the page. */
async function visit( page: Page, address: string ): Promise< { typeMs: number; readMs: number; requests: number } > {
	let requests = 0;
	const count = ( request: Request ) => {
		requests += request.method() === 'GET' && request.url().includes( '/email-gateway/v1/' ) ? 1 : 0;
	};
	page.on( 'request', count );
	await page.goto( address, { waitUntil: 'commit' } );
	const field = page.getByLabel( 'Host', { exact: true } );
	await field.fill( 'web1.example.com' );
	await page.waitForLoadState( 'load' );
	await page.waitForTimeout( 500 );
	page.off( 'request', count );
	// whatever takes the place of the field keeps what was typed
	if ( ( await field.inputValue() ) !== 'web1.example.com' ) {
		throw new Error( `${ address } lost what was typed.` );
	}
	const there = await page.evaluate( () => ( window as unknown as { there: Record< string, number > } ).there );
	return { typeMs: there.field ?? NaN, readMs: there.state ?? NaN, requests };
}

/** Runs in the browser, before anything else of a page: when the field and the state were drawn, told from the request on. */
function notesWhatIsThere(): void {
	const there: Record< string, number > = {};
	( window as unknown as { there: typeof there } ).there = there;
	const isFieldThere = () =>
		[ ...document.querySelectorAll( '#poststuff label' ) ].some(
			( { textContent } ) => textContent?.trim() === 'Host'
		);
	const look = ( _changes: unknown, observer: MutationObserver ) => {
		// of the plain metabox its field is all there is to read
		const isStateThere = document.querySelector( '.email-gateway-pill, #bench-plain input' ) !== null;
		const found = { state: isStateThere, field: isFieldThere() };
		for ( const name of [ 'state', 'field' ] as const ) {
			if ( found[ name ] && there[ name ] === undefined ) {
				requestAnimationFrame( () => ( there[ name ] ??= performance.now() ) );
			}
		}
		if ( there.state !== undefined && there.field !== undefined ) {
			observer.disconnect();
		}
	};
	new MutationObserver( look ).observe( document, { childList: true, subtree: true } );
}

/** What the web server of a production site would send: WordPress's own scripts are there on every screen. */
async function weight(): Promise< number > {
	return gzipSync( await readFile( join( checkoutPath, 'plugin/build/metabox.js' ) ), { level: 9 } ).length;
}
