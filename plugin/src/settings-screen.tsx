import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { KeyboardEvent } from 'react';
import type { Permission } from '@email-gateway/shared';
import { DefaultsTab } from './defaults/defaults-tab.tsx';
import { may, thisPage } from './page.ts';
import { ConnectionTab } from './pairing/connection-tab.tsx';
import { Card } from './ui/card.tsx';

type TabName = 'defaults' | 'connection';

const tabNames = (): Record< TabName, string > => ( {
	defaults: __( 'Email Gateway', 'email-gateway' ),
	connection: __( 'Connection', 'email-gateway' ),
} );

const allTabs: readonly TabName[] = [ 'defaults', 'connection' ];
const permissions: Record< TabName, Permission > = { defaults: 'manage_defaults', connection: 'manage_site' };

/** The tab in the address, so that a link can lead to it. */
function tabOf( hash: string, tabs: TabName[] ): TabName {
	const named = tabs.find( ( tab ) => hash === `#${ tab }` );
	return named ?? ( ( thisPage().paired ? tabs[ 0 ] : tabs.at( -1 ) ) as TabName );
}

/** Settings → Email Gateway. */
export function SettingsScreen() {
	const tabs = allTabs.filter( ( tab ) => may( permissions[ tab ] ) );
	const [ shown, setShown ] = useState( () => tabOf( window.location.hash, tabs ) );
	// Once opened a tab stays, hidden: looking at another one loses nothing that was typed.
	const opened = useRef( new Set< TabName >() ).current.add( shown );
	useEffect( () => {
		const follow = () => setShown( tabOf( window.location.hash, tabs ) );
		window.addEventListener( 'hashchange', follow );
		return () => window.removeEventListener( 'hashchange', follow );
	}, [] );
	const show = ( tab: TabName ) => {
		window.location.hash = tab;
	};
	const onKeyDown = ( { key, currentTarget }: KeyboardEvent< HTMLElement > ) => {
		const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
		const next = tabs[ ( tabs.indexOf( shown ) + step + tabs.length ) % tabs.length ];
		if ( step !== 0 && next ) {
			show( next );
			currentTarget.querySelector< HTMLElement >( `#email-gateway-tab-${ next }` )?.focus();
		}
	};
	return (
		<>
			<div role="tablist" className="nav-tab-wrapper email-gateway-tabs" onKeyDown={ onKeyDown }>
				{ tabs.map( ( tab ) => (
					<button
						key={ tab }
						id={ `email-gateway-tab-${ tab }` }
						type="button"
						role="tab"
						aria-selected={ tab === shown }
						aria-controls={ `email-gateway-panel-${ tab }` }
						tabIndex={ tab === shown ? 0 : -1 }
						className={ `nav-tab ${ tab === shown ? 'nav-tab-active' : '' }` }
						onClick={ () => show( tab ) }
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
					{ opened.has( tab ) && <Card>{ tab === 'defaults' ? <DefaultsTab /> : <ConnectionTab /> }</Card> }
				</div>
			) ) }
		</>
	);
}
