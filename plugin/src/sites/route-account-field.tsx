import { __, _x } from '@wordpress/i18n';
import type { RouteView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { may } from '../page.ts';
import { SelectField } from '../ui/fields.tsx';
import { fieldLabel } from '../words/field-labels.ts';

const readAccounts = ( signal: AbortSignal ) => call( 'readAccounts', { signal } );
const managesAccounts = () => may( 'manage_defaults' );

/** The id of a saved account, or what else signs in; empty: nothing chosen yet. */
export const firstChoice = ( route: RouteView | null ): string =>
	route ? route.account?.saved?.id ?? 'kept' : managesAccounts() ? '' : 'typed';

interface Props {
	route: RouteView | null;
	value: string;
	problem: string | undefined;
	onChange: ( choice: string ) => void;
}

/** What signs in for a route: a saved account for who may manage those, one typed for this route, or what it has. */
export const RouteAccountField = ( props: Props ) =>
	managesAccounts() ? <AmongSaved { ...props } /> : <Choice { ...props } saved={ [] } />;

function AmongSaved( props: Props ) {
	const { answer } = useAnswer( readAccounts );
	return (
		<Choice
			{ ...props }
			saved={ ( answer?.accounts ?? [] ).map( ( { id, name } ) => ( { value: id, label: name } ) ) }
		/>
	);
}

function Choice( { route, value, problem, onChange, saved }: Props & { saved: { value: string; label: string }[] } ) {
	const chosen = route?.account?.saved;
	const options = [
		...( value === '' ? [ { value: '', label: _x( 'Choose…', 'option', 'email-gateway' ) } ] : [] ),
		...( route && ! chosen ? [ { value: 'kept', label: __( 'The one that it has', 'email-gateway' ) } ] : [] ),
		...( chosen && ! saved.some( ( one ) => one.value === chosen.id )
			? [ { value: chosen.id, label: chosen.name } ]
			: [] ),
		...saved,
		// who is not shown the accounts puts none of their own in the place of one
		...( route && ! route.account
			? []
			: [ { value: 'typed', label: __( 'Another one, for this route alone', 'email-gateway' ) } ] ),
	];
	return options.length === 1 ? null : (
		<SelectField
			size="normal"
			name="account"
			label={ fieldLabel( 'account' ) }
			value={ value }
			help={ problem }
			options={ options }
			onChange={ onChange }
		/>
	);
}
