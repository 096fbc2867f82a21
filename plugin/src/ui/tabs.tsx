import type { KeyboardEvent, ReactNode } from 'react';
import { useRef } from '@wordpress/element';

interface TabsProps< Name extends string > {
	tabs: readonly { name: Name; title: string }[];
	shown: Name;
	onShow: ( name: Name ) => void;
	/** What stands under a tab. It is drawn once the tab was opened, and then stays, hidden: nothing typed is lost. */
	children: ( name: Name ) => ReactNode;
}

const stepOf: Record< string, number > = { ArrowRight: 1, ArrowLeft: -1 };

/** Tabs as those of core: Tab leads to the one that is shown, the arrow keys to the others. */
export function Tabs< Name extends string >( { tabs, shown, onShow, children }: TabsProps< Name > ) {
	const opened = useRef( new Set< Name >() ).current.add( shown );
	const buttons = useRef( new Map< Name, HTMLButtonElement | null >() ).current;
	const names = tabs.map( ( { name } ) => name );
	const onKeyDown = ( { key }: KeyboardEvent ) => {
		const step = stepOf[ key ] ?? 0;
		const next = names[ ( names.indexOf( shown ) + step + names.length ) % names.length ];
		if ( step !== 0 && next ) {
			onShow( next );
			buttons.get( next )?.focus();
		}
	};
	return (
		<>
			<div role="tablist" className="nav-tab-wrapper email-gateway-tabs">
				{ tabs.map( ( { name, title } ) => (
					<button
						key={ name }
						ref={ ( button ) => void buttons.set( name, button ) }
						id={ `email-gateway-tab-${ name }` }
						type="button"
						role="tab"
						aria-selected={ name === shown }
						aria-controls={ `email-gateway-panel-${ name }` }
						tabIndex={ name === shown ? 0 : -1 }
						className="nav-tab"
						onClick={ () => onShow( name ) }
						onKeyDown={ onKeyDown }
					>
						{ title }
					</button>
				) ) }
			</div>
			{ names.map( ( name ) => (
				<div
					key={ name }
					role="tabpanel"
					id={ `email-gateway-panel-${ name }` }
					aria-labelledby={ `email-gateway-tab-${ name }` }
					hidden={ name !== shown }
				>
					{ opened.has( name ) && children( name ) }
				</div>
			) ) }
		</>
	);
}
