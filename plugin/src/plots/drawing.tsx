import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type UPlot from 'uplot';

interface Props {
	/** What the picture shows, for who does not see it; the table beside it has the numbers. */
	label: string;
	data: UPlot.AlignedData;
	/** All but the size. Stays the same object for the same data. */
	options: ( library: typeof UPlot ) => Omit< UPlot.Options, 'width' | 'height' >;
}

const height = 180;

/** A picture by uPlot, which is loaded with the first one and nowhere else. */
export function Drawing( { label, data, options }: Props ) {
	const place = useRef< HTMLDivElement >( null );
	const [ isMissing, setMissing ] = useState( false );
	useEffect( () => {
		const element = place.current;
		let plot: UPlot | undefined;
		let isGone = false;
		let fit: ResizeObserver | undefined;
		import( /* webpackChunkName: "drawing" */ 'uplot' )
			.then( ( { default: library } ) => {
				if ( ! isGone && element ) {
					const size = { width: element.clientWidth, height };
					plot = new library( { ...options( library ), ...size }, data, element );
					fit = new ResizeObserver( () => plot?.setSize( { width: element.clientWidth, height } ) );
					fit.observe( element );
				}
			} )
			.catch( () => setMissing( true ) );
		return () => {
			isGone = true;
			fit?.disconnect();
			plot?.destroy();
		};
	}, [ data, options ] );
	return (
		<>
			{ /* the table says the same to who does not see it */ }
			<div ref={ place } role="img" aria-label={ label } className="email-gateway-drawing" />
			{ isMissing && (
				<p>{ __( 'The picture could not be loaded. The table below has its numbers.', 'email-gateway' ) }</p>
			) }
		</>
	);
}
