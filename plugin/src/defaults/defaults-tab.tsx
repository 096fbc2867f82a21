import { useState } from '@wordpress/element';
import { Notice, Spinner } from '@wordpress/components';
import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { DefaultsView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { changedNames, fieldSentencesOf } from '../api/field-problems.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useRequest } from '../api/use-request.ts';
import { SettingsFields } from '../settings-form/fields.tsx';
import { defaultsInput, keepsPassword, settingsValues, type SettingsValues } from '../settings-form/values.ts';
import { DeleteDefaults } from './delete-defaults.tsx';
import { OfferSection } from './offer-section.tsx';
import { ShopNotice } from './shop-notice.tsx';
import { CheckedDefaults } from './checked-defaults.tsx';
import { useCheck } from './use-check.ts';
import { fixedSentences, withFixed } from './fixed.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { FormArea, useForm } from '../ui/form-area.tsx';
import { useUnsaved } from '../unsaved/use-unsaved.ts';

const readDefaults = ( signal: AbortSignal ) => call( 'readDefaults', { signal } );

/** The default credentials for many servers. */
export function DefaultsTab() {
	const { answer, problem, set, retry } = useAnswer( readDefaults );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	return answer ? <DefaultsForm view={ answer } onSaved={ set } /> : <Spinner />;
}

function DefaultsForm( { view, onSaved }: { view: DefaultsView; onSaved: ( view: DefaultsView ) => void } ) {
	const { defaults } = view;
	const [ values, setValues ] = useState( () => withFixed( settingsValues( defaults ) ) );
	const [ unsaved, setUnsaved ] = useState( false );
	const [ saved, setSaved ] = useState( false );
	const request = useRequest();
	const form = useForm();
	useUnsaved( __( 'Email Gateway', 'email-gateway' ), unsaved, form );
	const change = ( next: SettingsValues ) => {
		request.changed( changedNames( values, next ) );
		setValues( next );
		setUnsaved( true );
		setSaved( false );
	};
	const save = async () => {
		const next = await request.send( () =>
			call( 'saveDefaults', { body: { defaults: defaultsInput( values ) } } )
		);
		if ( next ) {
			setValues( withFixed( settingsValues( next.defaults ) ) );
			setUnsaved( false );
			setSaved( true );
			onSaved( next );
		}
	};
	const checking = useCheck( request, values );
	const problems = fieldSentencesOf( request.problem, 'defaults' );
	return (
		<>
			<p>
				{ __(
					'Load Defaults fills these values into the form of a server. Saving here does not change a server.',
					'email-gateway'
				) }
			</p>
			<ShopNotice />
			<FormArea problem={ request.problem } form={ form }>
				<SettingsFields
					values={ values }
					onChange={ change }
					problems={ problems }
					passwordSaved={ keepsPassword( values, defaults ) }
					fixed={ fixedSentences() }
				/>
			</FormArea>
			<Actions>
				<ActionButton variant="primary" busy={ request.busy } onClick={ () => void save() }>
					{ __( 'Save Changes', 'email-gateway' ) }
				</ActionButton>
				<ActionButton busy={ checking.busy } onClick={ () => void checking.check() }>
					{ __( 'Check Settings', 'email-gateway' ) }
				</ActionButton>
				<span className="email-gateway-quiet">{ usage( view ) }</span>
			</Actions>
			{ view.defaults && Object.keys( fixedSentences() ).length === 0 && (
				<DeleteDefaults
					view={ view }
					onDeleted={ ( next ) => {
						setValues( settingsValues( next.defaults ) );
						setUnsaved( false );
						setSaved( false );
						onSaved( next );
					} }
				/>
			) }
			{ saved && (
				<Notice status="success" isDismissible={ false }>
					{ _x( 'Saved.', 'form', 'email-gateway' ) }
				</Notice>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			<CheckedDefaults
				checking={ checking }
				onUsePort={ ( port ) => change( { ...values, smtpPort: String( port ) } ) }
			/>
			<OfferSection view={ view } onSaved={ onSaved } />
		</>
	);
}

function usage( { defaults, usedBy: { servers, withOlderValues } }: DefaultsView ): string {
	if ( ! defaults ) {
		return __( 'Not saved yet.', 'email-gateway' );
	}
	/* translators: %d: number of servers */
	const used = sprintf( _n( 'Used by %d server.', 'Used by %d servers.', servers, 'email-gateway' ), servers );
	const older = sprintf(
		/* translators: %d: number of servers */
		_n( '%d server has older values.', '%d servers have older values.', withOlderValues, 'email-gateway' ),
		withOlderValues
	);
	return withOlderValues === 0 ? used : `${ used } ${ older }`;
}
