import { useEffect, useRef, useState } from '@wordpress/element';
import { speak } from '@wordpress/a11y';
import { __ } from '@wordpress/i18n';
import type { JobView, Verb } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { changedNames, fieldSentencesOf } from '../api/field-problems.ts';
import { useRequest } from '../api/use-request.ts';
import { JobPanel } from '../jobs/job-panel.tsx';
import { useJob } from '../jobs/use-job.ts';
import { may } from '../page.ts';
import { SettingsFields } from '../settings-form/fields.tsx';
import { keepsPassword, settingsInput, withDefaults, type SettingsValues } from '../settings-form/values.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { FormArea } from '../ui/form-area.tsx';
import { useUnsaved } from '../unsaved/use-unsaved.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import type { Consent } from './consent.ts';
import { FailedInstall } from './failed-install.tsx';
import { InstallOutcome } from './install-outcome.tsx';
import { OlderDefaults } from './older-defaults.tsx';
import { LoadDefaultsFirst } from './load-defaults.tsx';
import type { Remedy } from './remedy.ts';
import { ReinstallQuestion } from './reinstall-question.tsx';
import { SavedCredentials } from './saved-credentials.tsx';
import type { SectionProps } from './section.ts';
import { useSettings } from './use-settings.ts';

const verbs: readonly Verb[] = [ 'install_gateway', 'preview_changes', 'check_settings' ];
const verbOf = {
	installGateway: 'install_gateway',
	previewChanges: 'preview_changes',
	checkSettings: 'check_settings',
} as const;

/** The form, Install or Reinstall, and what happens then. */
export function InstallSection( {
	view,
	onChange,
	connected,
	away,
	asked,
}: SectionProps & { asked: { remedy: Remedy } | null } ) {
	const { serverId, gateway } = view;
	const { values, change: fill, settle, isDirty } = useSettings( gateway.submitted );
	const [ asking, setAsking ] = useState( false );
	const [ consents, setConsents ] = useState< Consent[] >( [] );
	const request = useRequest();
	const onEnd = ( ended: JobView ) => {
		if ( ended.verb === 'install_gateway' && ended.state === 'succeeded' ) {
			setConsents( [] );
		}
		onChange();
	};
	const { job, start, hide } = useJob( { serverId, verbs, latest: view.job, onEnd } );
	const passwordSaved = gateway.passwordSaved && keepsPassword( values, gateway.submitted?.settings ?? null );

	const change = ( next: SettingsValues ) => {
		request.changed( changedNames( values, next ) );
		hide();
		fill( next );
	};
	const send = async ( name: keyof typeof verbOf, agreed: Consent[] ) => {
		setAsking( false );
		hide();
		const body = { settings: settingsInput( values ), consents: agreed };
		const accepted = await request.send( () => call( name, { serverId, body } ) );
		if ( accepted ) {
			start( accepted.jobId, verbOf[ name ] );
			if ( name === 'installGateway' ) {
				settle();
			}
			onChange();
		}
	};
	const install = () => ( gateway.installed ? setAsking( true ) : void send( 'installGateway', consents ) );
	const loadDefaults = async () => {
		const answer = await request.send( () => call( 'readDefaults' ) );
		if ( answer?.defaults ) {
			change( withDefaults( values, answer.defaults ) );
			speak( __( 'Filled in from the saved defaults.', 'email-gateway' ), 'polite' );
		}
		return answer?.defaults !== undefined && answer.defaults !== null;
	};
	const loadAndReinstall = async () => setAsking( await loadDefaults() );
	const idle = request.busy || job?.active === true || ! connected;
	const form = useRef< HTMLDivElement >( null );
	useUnsaved( __( 'Email Gateway', 'email-gateway' ), isDirty, form );
	// asked for from further down: what comes of it stands below the buttons of the form
	const showButtons = () => form.current?.nextElementSibling?.scrollIntoView( { block: 'center' } );
	useRemedy( asked, {
		type_password: () => focusOn( 'password' ),
		check_settings: () => {
			showButtons();
			return ! idle && send( 'checkSettings', [] );
		},
		reinstall: () => {
			showButtons();
			return ! idle && install();
		},
	} );
	const usePort = ( port: number ) => change( { ...values, smtpPort: String( port ) } );
	const focusOn = ( name: string ) =>
		form.current?.querySelector< HTMLElement >( `[data-field="${ name }"]` )?.focus();
	const overrule = ( consent: Consent ) => {
		setConsents( [ ...consents, consent ] );
		void send( 'installGateway', [ ...consents, consent ] );
	};
	const isEmpty = ! gateway.submitted && ! values.smtpServer && ! values.userName && ! values.password;
	const hasDefaults = may( 'manage_defaults' ) && view.defaultsSaved;
	const fields = {
		values,
		onChange: change,
		problems: problemsAt( request.problem ),
		serverId,
		passwordSaved,
	};

	return (
		<>
			{ gateway.usesOlderDefaults && (
				<OlderDefaults disabled={ idle || asking } onReinstall={ () => void loadAndReinstall() } />
			) }
			{ hasDefaults && isEmpty && (
				<LoadDefaultsFirst disabled={ request.busy || away } onLoad={ () => void loadDefaults() } />
			) }
			<div ref={ form }>
				<FormArea problem={ request.problem }>
					<SettingsFields { ...fields } />
					<AdvancedFields { ...fields } />
				</FormArea>
			</div>
			{ gateway.submitted && gateway.installed && ! gateway.submittedIsInstalled && ! job?.active && (
				<p className="email-gateway-quiet">
					{ __( 'Not installed yet: the server still has its earlier settings.', 'email-gateway' ) }
				</p>
			) }
			{ gateway.submitted && ! gateway.installed && gateway.passwordSaved && ! job?.active && (
				<SavedCredentials serverId={ serverId } disabled={ request.busy || away } onDeleted={ onChange } />
			) }
			<Actions>
				<ActionButton variant="primary" busy={ request.busy } disabled={ idle || asking } onClick={ install }>
					{ gateway.installed
						? __( 'Reinstall Email Gateway', 'email-gateway' )
						: __( 'Install Email Gateway', 'email-gateway' ) }
				</ActionButton>
				<ActionButton disabled={ idle } onClick={ () => void send( 'checkSettings', [] ) }>
					{ __( 'Check Settings', 'email-gateway' ) }
				</ActionButton>
				<ActionButton disabled={ idle } onClick={ () => void send( 'previewChanges', consents ) }>
					{ __( 'Preview Changes', 'email-gateway' ) }
				</ActionButton>
				{ hasDefaults && ! isEmpty && (
					<ActionButton
						variant="tertiary"
						disabled={ request.busy || job?.active || away }
						onClick={ () => void loadDefaults() }
					>
						{ __( 'Load Defaults', 'email-gateway' ) }
					</ActionButton>
				) }
			</Actions>
			{ asking && (
				<ReinstallQuestion
					title={ __( 'Reinstall with the values above?', 'email-gateway' ) }
					onConfirm={ () => void send( 'installGateway', consents ) }
					onCancel={ () => setAsking( false ) }
				/>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
			{ job && (
				<JobPanel
					job={ job }
					remedy={
						<FailedInstall
							error={ job.watch.job?.error }
							disabled={ idle }
							onField={ focusOn }
							onUsePort={ usePort }
							onPreview={ ( consent ) => void send( 'previewChanges', [ ...consents, consent ] ) }
							onRetry={ () => void send( 'installGateway', consents ) }
							onOverrule={ overrule }
						/>
					}
				/>
			) }
			{ job?.fresh && job.watch.job?.result && (
				<InstallOutcome result={ job.watch.job.result } onUsePort={ usePort } />
			) }
		</>
	);
}

/** A button elsewhere asks for something of this form: done once for each click. */
function useRemedy( asked: { remedy: Remedy } | null, acts: Record< Remedy, () => unknown > ) {
	const latest = useRef( acts );
	latest.current = acts;
	useEffect( () => {
		if ( asked ) {
			latest.current[ asked.remedy ]();
		}
	}, [ asked ] );
}

function problemsAt( problem: ReturnType< typeof useRequest >[ 'problem' ] ) {
	const sentences = fieldSentencesOf( problem, 'settings' );
	return problem?.code === 'password_required'
		? { ...sentences, password: __( 'Type the password for these values.', 'email-gateway' ) }
		: sentences;
}
