/** wp-admin as a browser sees it, without one: a person who signed in, and what pages and scripts they are given. */
export interface SignedIn {
	/** The scripts and styles of ours that a page of wp-admin loads, in one text. */
	assetsOf( page: string ): Promise< string >;
	/** Posts to the plugin's REST API with the page's own nonce; throws where it is refused. */
	post( path: string, body: object ): Promise< unknown >;
}

export async function signInAs(
	{ url, adminUser, adminPassword }: { url: string; adminUser: string; adminPassword: string },
	signal: AbortSignal
): Promise< SignedIn > {
	const answer = await fetch( `${ url }/wp-login.php`, {
		method: 'POST',
		redirect: 'manual',
		headers: { cookie: 'wordpress_test_cookie=WP%20Cookie%20check' },
		body: new URLSearchParams( { log: adminUser, pwd: adminPassword, testcookie: '1' } ),
		signal,
	} );
	const cookies = answer.headers.getSetCookie().map( ( cookie ) => cookie.split( ';', 1 )[ 0 ] );
	const headers = { cookie: cookies.join( '; ' ) };
	const get = async ( address: string ) => ( await fetch( new URL( address, url ), { headers, signal } ) ).text();
	return {
		assetsOf: async ( page ) => {
			const links = [
				...( await get( page ) ).matchAll( /(?:src|href)=['"]([^'"]*\/email-gateway\/build\/[^'"]+)/g ),
			];
			return ( await Promise.all( links.map( ( [ , link = '' ] ) => get( link ) ) ) ).join( '\n' );
		},
		post: async ( path, body ) => {
			const nonce = await get( '/wp-admin/admin-ajax.php?action=rest-nonce' );
			const response = await fetch( `${ url }/wp-json/email-gateway/v1${ path }`, {
				method: 'POST',
				headers: { ...headers, 'x-wp-nonce': nonce, 'content-type': 'application/json' },
				body: JSON.stringify( body ),
				signal,
			} );
			if ( ! response.ok ) {
				throw new Error( `POST ${ path } was answered with ${ response.status }: ${ await response.text() }` );
			}
			return response.json();
		},
	};
}
