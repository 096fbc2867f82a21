import { ExternalLink, Notice, SelectControl } from '@wordpress/components';
import { __, _x, sprintf } from '@wordpress/i18n';
import { presets, presetsCheckedOn, type Preset } from '@email-gateway/shared/presets';
import { presetWords } from '../words/presets.ts';
import { day } from '../words/time.ts';
import { other } from './preset-choice.ts';

interface ProviderFieldProps {
	/** Null shows “Other”, or where nothing is filled in yet, that one is to be chosen. */
	preset: Preset | null;
	isOpen: boolean;
	onChoose: ( id: string ) => void;
}

const isMailbox = ( { userName }: Preset ) => 'kind' in userName && userName.kind === 'address';

/**
 * The choice of a provider, with what one should know of it. A plain select: what it shows is what is chosen, whatever
 * key was pressed; typing leads to the name that begins so.
 */
export function ProviderField( { preset, isOpen, onChoose }: ProviderFieldProps ) {
	const optionsOf = ( some: readonly Preset[] ) =>
		some.map( ( { id, name } ) => (
			<option key={ id } value={ id }>
				{ name }
			</option>
		) );
	const byName = [ ...presets ].sort( ( one, other ) => one.name.localeCompare( other.name ) );
	return (
		<>
			<SelectControl
				__nextHasNoMarginBottom
				__next40pxDefaultSize
				className="email-gateway-provider"
				label={ _x( 'Provider', 'label of a field', 'email-gateway' ) }
				value={ preset?.id ?? ( isOpen ? '' : other ) }
				onChange={ ( id: string ) => id && onChoose( id ) }
				help={ preset ? <PresetHelp preset={ preset } /> : undefined }
			>
				<option value="">{ __( 'Choose a provider…', 'email-gateway' ) }</option>
				<option value={ other }>{ __( 'Other (not in this list)', 'email-gateway' ) }</option>
				<optgroup label={ __( 'Services for sending', 'email-gateway' ) }>
					{ optionsOf( byName.filter( ( one ) => ! isMailbox( one ) ) ) }
				</optgroup>
				<optgroup label={ _x( 'Mailboxes', 'kind of provider', 'email-gateway' ) }>
					{ optionsOf( byName.filter( isMailbox ) ) }
				</optgroup>
			</SelectControl>
			{ preset?.warning && (
				<Notice status="warning" isDismissible={ false } politeness="polite">
					{ presetWords( preset ).warning }
				</Notice>
			) }
		</>
	);
}

function PresetHelp( { preset }: { preset: Preset } ) {
	const { from, limits } = presetWords( preset );
	/* translators: %s: a date */
	const checked = sprintf( __( 'Checked on %s.', 'email-gateway' ), day( presetsCheckedOn ) );
	return (
		<>
			{ [ from, limits, checked ].filter( Boolean ).join( ' ' ) }{ ' ' }
			<ExternalLink href={ preset.documentation }>
				{
					/* translators: %s: name of a provider */
					sprintf( __( 'What %s says', 'email-gateway' ), preset.name )
				}
			</ExternalLink>
		</>
	);
}
