import { createReadStream, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Screens</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/wp/wp-includes/css/buttons.css"><link rel="stylesheet" href="/wp/wp-includes/css/dashicons.css">
<link rel="stylesheet" href="/wp/wp-admin/css/wp-admin.css"><link rel="stylesheet" href="/built/style-page.css"><link rel="stylesheet" href="/built/page.css">
</head><body class="wp-admin wp-core-ui"><script src="/built/page.js"></script></body></html>`;

const types: Record< string, string > = {
	'.css': 'text/css',
	'.js': 'text/javascript',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
};

interface Folders {
	/** What buildScreens made. */
	built: string;
	/** WordPress, for the looks of wp-admin. */
	wordpress: string;
}

/** The page on a port of loopback; 0 takes a free one. */
export async function serveScreens(
	{ built, wordpress }: Folders,
	port = 0
): Promise< { server: Server; url: string } > {
	const server = createServer( ( request, response ) => {
		const path = normalize( new URL( request.url ?? '/', 'http://localhost' ).pathname );
		const file = path.startsWith( '/built/' )
			? join( built, path.slice( '/built/'.length ) )
			: path.startsWith( '/wp/' )
			? join( wordpress, path.slice( '/wp/'.length ) )
			: null;
		if ( file === null ) {
			response.setHeader( 'Content-Type', 'text/html' ).end( page );
		} else if ( types[ extname( file ) ] && statSync( file, { throwIfNoEntry: false } )?.isFile() ) {
			response.setHeader( 'Content-Type', types[ extname( file ) ] as string );
			createReadStream( file ).pipe( response );
		} else {
			response.writeHead( 404 ).end();
		}
	} );
	await new Promise< void >( ( resolve, reject ) => {
		server.once( 'error', reject ).listen( port, '127.0.0.1', resolve );
	} );
	return { server, url: `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }/` };
}
