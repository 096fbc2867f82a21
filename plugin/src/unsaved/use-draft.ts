import { useEffect, useState } from '@wordpress/element';
import { useLatest } from '../ui/use-latest.ts';

export interface Draft< Values > {
	values: Values;
	/** The person types. */
	change: ( next: Values ) => void;
	/** What the form holds is at the backend now: nothing is lost any more. */
	keep: ( now?: Values ) => void;
	isDirty: boolean;
}

const isSame = < Values >( one: Values, other: Values ) => JSON.stringify( one ) === JSON.stringify( other );

/**
 * The values of a form. What a person typed stays, whatever fails or is reloaded; a form with nothing typed shows
 * what the backend holds. `version` changes whenever that does; `typed` is what was typed before the form was drawn.
 */
export function useDraft< Values >( saved: () => Values, version: string | number, typed?: Values ): Draft< Values > {
	const [ { values, kept }, set ] = useState( () => ( { values: typed ?? saved(), kept: saved() } ) );
	const isDirty = ! isSame( values, kept );
	const held = useLatest( saved );
	useEffect( () => {
		const kept = held.current();
		set( ( before ) => ( isSame( before.values, before.kept ) ? { values: kept, kept } : { ...before, kept } ) );
	}, [ version, held ] );
	return {
		values,
		change: ( next ) => set( ( before ) => ( { ...before, values: next } ) ),
		keep: ( now = values ) => set( { values: now, kept: now } ),
		isDirty,
	};
}
