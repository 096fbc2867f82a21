import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const flags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// nothing but loopback has a name; requests that Playwright intercepts would not be cached
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Debian's own Chromium; no download. */
export function openBrowser(): Promise< Browser > {
	return chromium.launch( { executablePath: '/usr/bin/chromium', headless: true, args: flags } );
}

/**
 * A page signed in to wp-admin. What scripts of ours throw is collected in `complaints`, each with the page and its stack.
 * What WordPress's own scripts throw is printed only: on a page that is left while it loads they miss each other (its
 * profile page, for one, saved before it is whole). Should that take a screen of ours down, the screen is missing and its
 * journey fails.
 */
export async function signIn(
	browser: Browser,
	{ url, user, password }: { url: string; user: string; password: string }
): Promise< { page: Page; complaints: string[] } > {
	const context = await browser.newContext( { viewport: { width: 1280, height: 900 } } );
	const page = await context.newPage();
	page.setDefaultTimeout( 30_000 );
	const complaints: string[] = [];
	page.on( 'pageerror', ( error ) => {
		const told = `${ page.url() }: ${ error.stack || error.message }`;
		if ( told.includes( '/plugins/email-gateway/' ) ) {
			complaints.push( told );
		} else {
			process.stderr.write( `Thrown by a script that is not ours, on ${ told }\n` );
		}
	} );
	await page.goto( `${ url }/wp-login.php` );
	await page.fill( '#user_login', user );
	await page.fill( '#user_pass', password );
	await page.click( '#wp-submit' );
	await page.waitForLoadState( 'domcontentloaded' );
	return { page, complaints };
}

/** Where a person can look at every state: `<lab folder>/screenshots`. */
export async function screenshot( page: Page, name: string ): Promise< void > {
	const folder = join( process.env.EMAIL_GATEWAY_LAB_DIR ?? '.lab', 'screenshots' );
	mkdirSync( folder, { recursive: true } );
	// else the admin bar is drawn where the page was scrolled to
	await page.evaluate( () => window.scrollTo( 0, 0 ) );
	await page.screenshot( { path: join( folder, `${ name }.png` ), fullPage: true } );
}

/** The same as on a telephone. */
export async function narrowScreenshot( page: Page, name: string ): Promise< void > {
	const wide = page.viewportSize();
	await page.setViewportSize( { width: 390, height: 844 } );
	await screenshot( page, `${ name }-390` );
	if ( wide ) {
		await page.setViewportSize( wide );
	}
}

/** Everything that comes back to a page from now on: addresses and bodies, pages and answers alike, unless only some matter. */
export function listenIn( page: Page, matters = ( _address: string ) => true ): { everything(): Promise< string > } {
	const received: Promise< string >[] = [];
	page.on( 'response', ( response ) => {
		if ( ! matters( response.url() ) ) {
			return;
		}
		received.push(
			response
				.text()
				// a redirect has no body, and that of a page that was left is gone
				.catch( () => '' )
				.then( ( body ) => `${ response.url() } ${ JSON.stringify( response.headers() ) }\n${ body }` )
		);
	} );
	return { everything: async () => ( await Promise.all( received ) ).join( '\n' ) };
}
