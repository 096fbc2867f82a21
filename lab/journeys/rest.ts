import type { Page } from 'playwright-core';

/** Reads from the plugin's REST API as the person who is signed in on this page, by the page's own nonce. */
export function readRest< Answer >( page: Page, path: string ): Promise< Answer > {
	return page.evaluate( async ( where ) => {
		const { wp } = window as unknown as {
			wp: { apiFetch( options: { path: string } ): Promise< unknown > };
		};
		return ( await wp.apiFetch( { path: where } ).catch( ( problem ) => {
			// a plain object, of which the test would see nothing but its type
			throw new Error( `${ where }: ${ JSON.stringify( problem ) }` );
		} ) ) as never;
	}, `/email-gateway/v1${ path }` );
}

/** Asks the plugin's REST API in any way as the person on this page; gives what came back, a refusal as well. */
export function askRest( page: Page, request: { path: string; method?: string; data?: object } ): Promise< unknown > {
	return page.evaluate( async ( { path, ...rest } ) => {
		const { wp } = window as unknown as {
			wp: { apiFetch( options: object ): Promise< unknown > };
		};
		return wp.apiFetch( { path: `/email-gateway/v1${ path }`, ...rest } ).catch( ( problem ) => problem );
	}, request );
}
