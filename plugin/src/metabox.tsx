import { createRoot, flushSync } from '@wordpress/element';
import { takeOver } from './server/early.ts';
import { ServerScreen, type Places } from './server/server-screen.tsx';
import './pill.css';
import './screen.css';
import './public.css';
import './server/early.css';

/** One screen lies in two metaboxes: one root outside of them draws into both, so that they share what is known. */
function start(): void {
	const found = [ ...document.querySelectorAll< HTMLElement >( '.email-gateway-app[data-server-id]' ) ];
	const places: Places = {};
	for ( const place of found ) {
		const { screen } = place.dataset;
		if ( screen === 'connection' || screen === 'gateway' ) {
			places[ screen ] = place;
		}
	}
	const serverId = Number( found[ 0 ]?.dataset.serverId );
	if ( serverId > 0 ) {
		const root = createRoot( document.createElement( 'div' ) );
		takeOver( found, () =>
			flushSync( () => root.render( <ServerScreen serverId={ serverId } places={ places } /> ) )
		);
	}
}

start();
