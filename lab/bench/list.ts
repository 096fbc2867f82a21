import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startPostgres } from '../database/postgres.ts';
import { openBrowser, signIn } from '../journeys/browser.ts';
import { labPath } from '../system/paths.ts';
import { writeServerRows } from './fleet-rows.ts';
import { inTurn, quantile, spread, type BenchContext, type Figures, type Measured } from './figures.ts';
import { startSite } from './site.ts';

const mostMs = 300;

const ofServers = 'edit.php?post_type=email_gateway_server';
/** What people ask of a list, in the words of its address. */
const asked = {
	'all, by name': ofServers,
	'in trouble': `${ ofServers }&email_gateway_trouble=yes`,
	'by state, page 300': `${ ofServers }&orderby=email_gateway_gateway&order=desc&paged=300`,
	'an owner, by last test': `${ ofServers }&author=OWNER&orderby=email_gateway_last-test&order=desc`,
	'searched by host': `${ ofServers }&s=203.0.113.17`,
	'plain posts': 'edit.php?post_type=bench_plain&orderby=title&order=asc',
};

/**
 * How soon the rows of the list are there, with the state of each, in a WordPress with ten thousand servers and a backend
 * that knows them all; beside it WordPress's own list of as many posts, without a word about them.
 */
export async function list( context: BenchContext ): Promise< Measured > {
	const { log, signal } = context;
	const count = context.count( 10_000 );
	const { status, wp } = await startSite( context );
	const plugins = join( labPath, 'wordpress/wp-content/mu-plugins' );
	await cp( join( import.meta.dirname, 'plain-metabox.php' ), join( plugins, 'plain-metabox.php' ) );
	const printed = await wp( [ 'eval-file', join( import.meta.dirname, 'fleet-rows.php' ), `${ count }` ] );
	const { mirrorMs, ids } = JSON.parse( printed ) as { mirrorMs: number; ids: number[] };
	await writeServerRows( await startPostgres( { log, signal } ), ids );
	const owner = ( await wp( [ 'user', 'get', 'owner7', '--field=ID' ] ) ).trim();
	const { url, adminUser: user, adminPassword: password } = status.wordpress;
	const browser = await openBrowser();
	try {
		const { page, complaints } = await signIn( browser, { url, user, password } );
		await page.addInitScript( notesFirstRow );
		const sides = Object.entries( asked ).map( ( [ name, path ] ) => ( {
			...{ name, address: `${ url }/wp-admin/${ path.replace( 'OWNER', owner ) }` },
			...{ rowsMs: [] as number[], answerMs: [] as number[] },
		} ) );
		for ( const { side, round } of inTurn( sides, context.count( 10 ) + 1 ) ) {
			const took = await visit( page, side.address );
			// the first visit fills the browser's cache and PHP's
			if ( round > 0 ) {
				side.rowsMs.push( took.rowsMs );
				side.answerMs.push( took.answerMs );
			}
		}
		const figures = sides.map( ( { name, rowsMs, answerMs } ): [ string, Figures & { errors: number } ] => [
			name,
			{ ...spread( 'rows', rowsMs ), ...spread( 'answer', answerMs ), errors: 0 },
		] );
		const ours = sides.filter( ( { name } ) => name !== 'plain posts' );
		const slowest = Math.max( ...ours.map( ( { rowsMs } ) => quantile( rowsMs, 0.5 ) ) );
		const plain = quantile( sides.at( -1 )?.rowsMs ?? [], 0.5 );
		return {
			sides: {
				...Object.fromEntries( figures ),
				mirror: { servers: ids.length, mirrorMs, errors: complaints.length },
			},
			ratios: {
				[ `first rows of ${ ids.length }, median of the slowest list, ms` ]: {
					value: slowest,
					goal: { atMost: mostMs },
				},
				'first rows, slowest list / plain posts': { value: slowest / plain },
			},
		};
	} finally {
		await browser.close();
	}
}

/** From the request until the first row is in the page, with its state; and until all of the answer has come. */
async function visit( page: Page, address: string ): Promise< { rowsMs: number; answerMs: number } > {
	await page.goto( address, { waitUntil: 'domcontentloaded' } );
	const { rowsMs, answerMs, rows } = await page.evaluate( () => ( {
		rowsMs: ( window as unknown as { firstRowMs?: number } ).firstRowMs ?? NaN,
		answerMs: ( performance.getEntriesByType( 'navigation' )[ 0 ] as PerformanceNavigationTiming ).responseEnd,
		rows: document.querySelectorAll( '#the-list tr:not( .no-items )' ).length,
	} ) );
	if ( rows === 0 || ! ( rowsMs > 0 ) ) {
		throw new Error( `${ address } shows no rows.` );
	}
	return { rowsMs, answerMs };
}

/** Runs in the browser, before anything else of a page: when its first row was there, told from the request on. */
function notesFirstRow(): void {
	const told = window as unknown as { firstRowMs?: number };
	const isOurs = window.location.search.includes( 'email_gateway_server' );
	const row = isOurs ? '#the-list .email-gateway-pill' : '#the-list tr';
	new MutationObserver( ( _changes, observer ) => {
		if ( document.querySelector( row ) ) {
			told.firstRowMs = performance.now();
			observer.disconnect();
		}
	} ).observe( document, { childList: true, subtree: true } );
}
