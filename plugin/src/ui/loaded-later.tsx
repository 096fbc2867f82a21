import type { ComponentType } from 'react';
import { useEffect, useState } from '@wordpress/element';
import { Notice, Spinner } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

/**
 * A part of the screen that is loaded when it is first shown, in a file of its own: what people open seldom does not keep the
 * others waiting. Its sentences are among the translations of the scripts that load it (lab/build/translations.ts).
 */
export function loadedLater< Props extends object >( load: () => Promise< ComponentType< Props > > ) {
	return function LoadedLater( props: Props ) {
		// in an object: React would call a bare function
		const [ loaded, setLoaded ] = useState< { Part: ComponentType< Props > } | 'missing' | null >( null );
		useEffect( () => {
			load().then(
				( Part ) => setLoaded( { Part } ),
				() => setLoaded( 'missing' )
			);
		}, [] );
		if ( loaded === 'missing' ) {
			return (
				<Notice status="warning" isDismissible={ false }>
					{ __(
						'This part could not be loaded. Save what you typed, then reload the page.',
						'email-gateway'
					) }
				</Notice>
			);
		}
		return loaded ? <loaded.Part { ...props } /> : <Spinner />;
	};
}
