import { ComboboxControl, ExternalLink, Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { presets, presetsCheckedOn, type Preset } from '@email-gateway/shared/presets';
import { presetWords } from '../words/presets.ts';
import { day } from '../words/time.ts';
import { other } from './preset-choice.ts';

interface ProviderFieldProps {
	/** Null shows “Other”. */
	preset: Preset | null;
	onChoose: ( id: string ) => void;
}

/** The searchable choice of a provider, with what one should know of it. */
export function ProviderField( { preset, onChoose }: ProviderFieldProps ) {
	const options = [
		...presets.map( ( { id, name } ) => ( { value: id, label: name } ) ),
		{ value: other, label: __( 'Other', 'email-gateway' ) },
	];
	return (
		<>
			<ComboboxControl
				__nextHasNoMarginBottom
				__next40pxDefaultSize
				className="email-gateway-provider"
				label={ __( 'Provider', 'email-gateway' ) }
				value={ preset?.id ?? other }
				options={ options }
				allowReset={ false }
				onChange={ ( id ) => id && onChoose( id ) }
				help={ preset ? <PresetHelp preset={ preset } /> : undefined }
			/>
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
	const region = preset.host.includes( 'REGION' )
		? __( 'Replace REGION in SMTP Server by yours, for example eu-central-1.', 'email-gateway' )
		: '';
	/* translators: %s: a date */
	const checked = sprintf( __( 'Checked on %s.', 'email-gateway' ), day( presetsCheckedOn ) );
	return (
		<>
			{ [ region, from, limits, checked ].filter( Boolean ).join( ' ' ) }{ ' ' }
			<ExternalLink href={ preset.documentation }>
				{
					/* translators: %s: name of a provider */
					sprintf( __( 'What %s says', 'email-gateway' ), preset.name )
				}
			</ExternalLink>
		</>
	);
}
