import { useEffect, useRef, useState } from '@wordpress/element';
import type { ServerView } from '@email-gateway/shared';
import { settingsValues, type SettingsValues } from '../settings-form/values.ts';

/**
 * The form's values. What a person typed stays, whatever fails or is reloaded; a form nobody touched shows what
 * the backend holds.
 */
export function useSettings( submitted: ServerView[ 'gateway' ][ 'submitted' ] ) {
	const [ values, setValues ] = useState( () => settingsValues( submitted?.settings ?? null ) );
	const touched = useRef( false );
	const version = submitted?.version ?? 0;
	useEffect( () => {
		if ( ! touched.current ) {
			setValues( settingsValues( submitted?.settings ?? null ) );
		}
		// One version always has the same settings.
	}, [ version ] );
	return {
		values,
		change: ( next: SettingsValues ) => {
			touched.current = true;
			setValues( next );
		},
		/** The values are installed: the password is saved now and leaves the page. */
		settle: () => {
			touched.current = false;
			setValues( ( last ) => ( { ...last, password: '', useDefaultPassword: false } ) );
		},
	};
}
