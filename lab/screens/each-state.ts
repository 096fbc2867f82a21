import type { Browser, Page } from 'playwright-core';

/** Some days after the times in the examples, so that pictures of another day are the same. */
const now = '2026-11-30T12:00:00Z';

export interface Shown {
	page: Page;
	/** Names of the states there are. */
	names: string[];
	show( name: string ): Promise< void >;
	/** What scripts of the page threw, with the address of the page. */
	complaints: string[];
}

/** The page of states that runs at `url`, in a browser whose clock stands still. */
export async function openStates( browser: Browser, url: string ): Promise< Shown > {
	const context = await browser.newContext( { reducedMotion: 'reduce', timezoneId: 'UTC', locale: 'en-GB' } );
	const page = await context.newPage();
	page.setDefaultTimeout( 120_000 );
	await page.clock.setFixedTime( now );
	const complaints: string[] = [];
	page.on( 'pageerror', ( error ) => complaints.push( `${ page.url() }: ${ error.message }` ) );
	await page.goto( url );
	const names = JSON.parse( ( await page.getAttribute( 'body', 'data-states' ) ) ?? '[]' ) as string[];
	const show = async ( name: string ) => {
		await page.goto( `${ url }?state=${ name }` );
		await page.waitForFunction( 'document.title.endsWith( ": shown" )' );
		await page.waitForLoadState( 'networkidle' );
		await page.waitForTimeout( 300 );
	};
	return { page, names, show, complaints };
}
