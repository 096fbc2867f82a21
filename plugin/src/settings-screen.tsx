import { useCallback, useEffect, useState } from '@wordpress/element';
import { __, _x } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { Permission } from '@email-gateway/shared';
import { AccountsTab } from './accounts/accounts-tab.tsx';
import { AlertsTab } from './alerts/alerts-tab.tsx';
import { call } from './api/call.ts';
import { problemFrom } from './api/problem.ts';
import { FirstRunTab, isAtWork, isFirstRun } from './first-run/first-run-tab.tsx';
import { leadOn } from './moved-tabs.ts';
import { may, thisPage } from './page.ts';
import { ConnectionTab } from './pairing/connection-tab.tsx';
import { WithBanner } from './ui/backend-away.tsx';
import { cardBanner } from './ui/card-banner.tsx';
import { Card, SectionHeading } from './ui/card.tsx';
import { Tabs } from './ui/tabs.tsx';
import { useLatest } from './ui/use-latest.ts';
import { ofPanel } from './words/panel.ts';
import { ImportTab } from './wpcd-import/import-tab.tsx';

type TabName = 'start' | 'accounts' | 'connection' | 'alerts' | 'import';

const tabNames = (): Record< TabName, string > => ( {
	start: __( 'Get Started', 'email-gateway' ),
	accounts: _x( 'Accounts', 'tab', 'email-gateway' ),
	connection: _x( 'Connection', 'tab', 'email-gateway' ),
	alerts: _x( 'Alerts', 'tab', 'email-gateway' ),
	import: ofPanel( /* translators: %s: name of a product */ __( 'Import from %s', 'email-gateway' ) ),
} );

const allTabs: readonly TabName[] = [ 'start', 'accounts', 'connection', 'alerts', 'import' ];
const permissions: Record< TabName, Permission > = {
	start: 'manage_site',
	accounts: 'manage_defaults',
	connection: 'manage_site',
	alerts: 'manage_site',
	import: 'manage_site',
};
const contents: Record< TabName, ( onChange: () => void ) => ReactNode > = {
	start: ( onChange ) => <FirstRunTab onChange={ onChange } />,
	accounts: () => <AccountsTab />,
	connection: () => <ConnectionTab />,
	alerts: () => <AlertsTab />,
	import: () => <ImportTab />,
};

/** Beside WPCloudDeploy's settings the part of the address after # is its own: it hides every box it does not find there. */
const hasOwnAddress = () => new URLSearchParams( window.location.search ).get( 'page' ) === 'email-gateway';

/** The tab in the address, so that a link can lead to it. */
function tabOf( hash: string, tabs: TabName[] ): TabName {
	const named = tabs.find( ( tab ) => hasOwnAddress() && hash === `#${ tab }` );
	const { paired } = thisPage();
	const usual = tabs.find( ( tab ) =>
		isAtWork() ? tab !== 'start' : tab === 'start' || ( ! paired && tab === 'connection' )
	);
	return named ?? ( ( usual ?? tabs[ 0 ] ) as TabName );
}

const askBackend = () => call( 'readSite' );

/** Settings → Email Gateway. */
export function SettingsScreen() {
	const { paired, wpcdImport } = thisPage();
	// what is done there changes which tabs there are; it stays to the end of this visit
	const [ hasFirstRun ] = useState( isFirstRun );
	const [ , setChanges ] = useState( 0 );
	const changed = useCallback( () => setChanges( ( count ) => count + 1 ), [] );
	const tabs = allTabs.filter(
		( tab ) =>
			may( permissions[ tab ] ) &&
			( tab !== 'start' || hasFirstRun ) &&
			( tab !== 'import' || ( paired && wpcdImport ) ) &&
			( tab !== 'alerts' || paired )
	);
	const [ shown, setShown ] = useState( () => tabOf( window.location.hash, tabs ) );
	const drawn = useLatest( tabs );
	useEffect( () => {
		if ( hasOwnAddress() ) {
			leadOn( window.location.hash );
		}
		const follow = () => {
			if ( hasOwnAddress() && ! leadOn( window.location.hash ) ) {
				setShown( tabOf( window.location.hash, drawn.current ) );
			}
		};
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
	return (
		<SectionHeading.Provider value="h2">
			<WithBanner ask={ askBackend } problemOf={ problemFrom } banner={ cardBanner }>
				<Tabs
					tabs={ tabs.map( ( name ) => ( { name, title: tabNames()[ name ] } ) ) }
					shown={ shown }
					onShow={ show }
				>
					{ ( name ) => <Card>{ contents[ name ]( changed ) }</Card> }
				</Tabs>
			</WithBanner>
		</SectionHeading.Provider>
	);
}
