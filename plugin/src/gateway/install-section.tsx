import { __, _x } from '@wordpress/i18n';
import { fieldSentencesOf } from '../api/field-problems.ts';
import type { Problem } from '../api/problem.ts';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { may } from '../page.ts';
import { SettingsFields } from '../settings-form/fields.tsx';
import { keepsPassword } from '../settings-form/values.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { Fold } from '../ui/fold.tsx';
import { FormArea } from '../ui/form-area.tsx';
import { useUnsaved } from '../unsaved/use-unsaved.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import { FailedInstall } from './failed-install.tsx';
import { InstallOutcome } from './install-outcome.tsx';
import { LoadAnother, LoadDefaultsFirst } from './load-account.tsx';
import { OlderAccount } from './older-account.tsx';
import { ReinstallQuestion } from './reinstall-question.tsx';
import { SavedCredentials } from './saved-credentials.tsx';
import type { SectionProps } from './section.ts';
import type { Install } from './use-install.ts';

type InstallSectionProps = Pick< SectionProps, 'view' | 'onChange' > & { install: Install };

/** The form, Install or Reinstall, and what happens then. */
export function InstallSection( { view, onChange, install }: InstallSectionProps ) {
	const { serverId, gateway } = view;
	const { values, jobCall, problem, busy, idle, away, asking } = install;
	useUnsaved( __( 'Email Gateway', 'email-gateway' ), install.isDirty, install.form );
	const isEmpty = ! gateway.submitted && ! values.smtpServer && ! values.userName && ! values.password;
	const hasDefaults = may( 'manage_defaults' ) && view.defaultsSaved;
	const fields = {
		values,
		onChange: install.change,
		problems: problemsAt( problem ),
		serverId,
		passwordSaved: gateway.passwordSaved && keepsPassword( values, gateway.submitted?.settings ?? null ),
	};

	return (
		<>
			{ gateway.account?.hasOlderValues && (
				<OlderAccount
					name={ gateway.account.name }
					disabled={ idle || asking }
					onReinstall={ () => void install.loadAndReinstall() }
				/>
			) }
			{ hasDefaults && isEmpty && (
				<LoadDefaultsFirst accounts={ view.accounts } disabled={ busy || away } onLoad={ install.load } />
			) }
			<Fold
				summary={
					gateway.installed
						? __( 'Edit Settings', 'email-gateway' )
						: _x( 'Settings', 'of a gateway', 'email-gateway' )
				}
				isNeeded={ gateway.installed === null || install.isDirty || asking || problem !== null }
			>
				<LoadAnother
					accounts={ view.accounts }
					disabled={ busy || jobCall.active || away }
					onLoad={ install.load }
				/>
				<FormArea problem={ problem } form={ install.form }>
					<SettingsFields { ...fields } />
					<AdvancedFields { ...fields } />
				</FormArea>
				{ gateway.submitted && gateway.installed && ! gateway.submittedIsInstalled && ! jobCall.active && (
					<p className="email-gateway-quiet">
						{ __( 'Not installed yet: the server still has its earlier settings.', 'email-gateway' ) }
					</p>
				) }
				{ gateway.submitted && ! gateway.installed && gateway.passwordSaved && ! jobCall.active && (
					<SavedCredentials serverId={ serverId } disabled={ busy || away } onDeleted={ onChange } />
				) }
				<Actions>
					<ActionButton
						// what works need not be installed again, unless something was typed
						variant={ gateway.installed && ! install.isDirty ? 'secondary' : 'primary' }
						busy={ busy }
						disabled={ idle || asking }
						onClick={ install.install }
					>
						{ gateway.installed
							? __( 'Reinstall Email Gateway', 'email-gateway' )
							: __( 'Install Email Gateway', 'email-gateway' ) }
					</ActionButton>
					<ActionButton disabled={ idle } onClick={ install.check }>
						{ __( 'Check Settings', 'email-gateway' ) }
					</ActionButton>
					<ActionButton disabled={ idle } onClick={ () => install.preview() }>
						{ __( 'Preview Changes', 'email-gateway' ) }
					</ActionButton>
					{ hasDefaults && ! isEmpty && (
						<ActionButton
							variant="tertiary"
							disabled={ busy || jobCall.active || away }
							onClick={ () => install.load() }
						>
							{ __( 'Load Defaults', 'email-gateway' ) }
						</ActionButton>
					) }
				</Actions>
			</Fold>
			{ asking && (
				<ReinstallQuestion
					title={ __( 'Reinstall with the values above?', 'email-gateway' ) }
					onConfirm={ install.confirm }
					onCancel={ install.cancel }
				/>
			) }
			{ ! install.repairing && (
				<JobOutcome
					of={ { ...jobCall, problem } }
					remedy={
						<FailedInstall
							error={ jobCall.job?.watch.job?.error }
							disabled={ idle }
							onField={ install.form.focus }
							onUsePort={ install.takePort }
							onPreview={ install.preview }
							onRetry={ install.confirm }
							onOverrule={ install.overrule }
						/>
					}
				>
					{ ( result ) => <InstallOutcome result={ result } onUsePort={ install.takePort } /> }
				</JobOutcome>
			) }
		</>
	);
}

function problemsAt( problem: Problem | null ) {
	const sentences = fieldSentencesOf( problem, 'settings' );
	return problem?.code === 'password_required'
		? { ...sentences, password: __( 'Type the password for these values.', 'email-gateway' ) }
		: sentences;
}
