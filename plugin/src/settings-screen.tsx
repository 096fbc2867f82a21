import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Permission } from '@email-gateway/shared';
import { AlertsTab } from './alerts/alerts-tab.tsx';
import { DefaultsTab } from './defaults/defaults-tab.tsx';
import { may, thisPage } from './page.ts';
import { ConnectionTab } from './pairing/connection-tab.tsx';
import { Card } from './ui/card.tsx';
import { useLatest } from './ui/use-latest.ts';
import { ofPanel } from './words/panel.ts';
import { ImportTab } from './wpcd-import/import-tab.tsx';

type TabName = 'defaults' | 'connection' | 'alerts' | 'import';

const tabNames = (): Record< TabName, string > => ( {
	defaults: __( 'Email Gateway', 'email-gateway' ),
	connection: __( 'Connection', 'email-gateway' ),
	alerts: __( 'Alerts', 'email-gateway' ),
	import: ofPanel( /* translators: %s: name of a product */ __( 'Import from %s', 'email-gateway' ) ),
} );

const allTabs: readonly TabName[] = [ 'defaults', 'connection', 'alerts', 'import' ];
const permissions: Record< TabName, Permission > = {
	defaults: 'manage_defaults',
	connection: 'manage_site',
	alerts: 'manage_site',
	import: 'manage_site',
};
const contents: Record< TabName, () => ReactNode > = {
	defaults: () => <DefaultsTab />,
	connection: () => <ConnectionTab />,
	alerts: () => <AlertsTab />,
	import: () => <ImportTab />,
};

/** Beside WPCloudDeploy's settings the part of the address after # is its own: it hides every box it does not find there. */
const hasOwnAddress = () => new URLSearchParams( window.location.search ).get( 'page' ) === 'email-gateway';

/** The tab in the address, so that a link can lead to it. */
function tabOf( hash: string, tabs: TabName[] ): TabName {
	const named = tabs.find( ( tab ) => hasOwnAddress() && hash === `#${ tab }` );
	const usual = thisPage().paired ? tabs[ 0 ] : tabs.find( ( tab ) => tab === 'connection' );
	return named ?? ( ( usual ?? tabs[ 0 ] ) as TabName );
}

/** Settings → Email Gateway. */
export function SettingsScreen() {
	const { paired, wpcdImport } = thisPage();
	const tabs = allTabs.filter(
		( tab ) =>
			may( permissions[ tab ] ) &&
			( tab !== 'import' || ( paired && wpcdImport ) ) &&
			( tab !== 'alerts' || paired )
	);
	const [ shown, setShown ] = useState( () => tabOf( window.location.hash, tabs ) );
	// Once opened a tab stays, hidden: looking at another one loses nothing that was typed.
	const opened = useRef( new Set< TabName >() ).current.add( shown );
	const drawn = useLatest( tabs );
	useEffect( () => {
		const follow = () => hasOwnAddress() && setShown( tabOf( window.location.hash, drawn.current ) );
		window.addEventListener( 'hashchange', follow );
		return () => window.removeEventListener( 'hashchange', follow );
	}, [ drawn ] );
	const show = ( tab: TabName ) => {
		if ( hasOwnAddress() ) {
			window.location.hash = tab;
		} else {
			setShown( tab );
		}
	};
	const onKeyDown = ( { key }: KeyboardEvent ) => {
		const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
		const next = tabs[ ( tabs.indexOf( shown ) + step + tabs.length ) % tabs.length ];
		if ( step !== 0 && next ) {
			show( next );
			document.getElementById( `email-gateway-tab-${ next }` )?.focus();
		}
	};
	return (
		<>
			<div role="tablist" className="nav-tab-wrapper email-gateway-tabs">
				{ tabs.map( ( tab ) => (
					<button
						key={ tab }
						id={ `email-gateway-tab-${ tab }` }
						type="button"
						role="tab"
						aria-selected={ tab === shown }
						aria-controls={ `email-gateway-panel-${ tab }` }
						tabIndex={ tab === shown ? 0 : -1 }
						className="nav-tab"
						onClick={ () => show( tab ) }
						onKeyDown={ onKeyDown }
					>
						{ tabNames()[ tab ] }
					</button>
				) ) }
			</div>
			{ tabs.map( ( tab ) => (
				<div
					key={ tab }
					role="tabpanel"
					id={ `email-gateway-panel-${ tab }` }
					aria-labelledby={ `email-gateway-tab-${ tab }` }
					hidden={ tab !== shown }
				>
					{ opened.has( tab ) && <Card>{ contents[ tab ]() }</Card> }
				</div>
			) ) }
		</>
	);
}
