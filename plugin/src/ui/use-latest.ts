import { useEffect, useRef } from '@wordpress/element';

/** A value as it was last drawn, for an effect that must not run again because of it. */
export function useLatest< Value >( value: Value ): { readonly current: Value } {
	const latest = useRef( value );
	useEffect( () => {
		latest.current = value;
	} );
	return latest;
}
