import type { Page } from 'playwright-core';
import { shopPlugin } from './neighbours.ts';

/** Switches WooCommerce, or the lab's stand-in for it, on or off under Plugins, as an administrator does. */
export async function runShop( page: Page, url: string, wanted: boolean ): Promise< void > {
	await page.goto( `${ url }/wp-admin/plugins.php` );
	const link = page.locator( `tr[data-plugin="${ shopPlugin }"] .${ wanted ? 'activate' : 'deactivate' } a` );
	if ( await link.count() ) {
		await link.click();
		await page.waitForLoadState();
		// WooCommerce leads to its own welcome
		await page.goto( `${ url }/wp-admin/plugins.php` );
		await page
			.locator( `tr[data-plugin="${ shopPlugin }"] .${ wanted ? 'deactivate' : 'activate' } a` )
			.waitFor( { state: 'attached' } );
	}
}

/** Gives a user another role under Users. */
export async function giveRole( page: Page, url: string, login: string, role: string ): Promise< void > {
	await page.goto( `${ url }/wp-admin/users.php` );
	await page.locator( '.username strong a', { hasText: new RegExp( `^${ login }$` ) } ).click();
	await page.selectOption( '#role', role );
	await page.click( '#submit' );
	await page.locator( '#message.updated' ).waitFor();
}
