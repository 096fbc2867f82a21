import { __ } from '@wordpress/i18n';
import { fieldSentencesOf } from '../api/field-problems.ts';
import { AdvancedFields } from '../gateway/advanced-fields.tsx';
import { FailedInstall } from '../gateway/failed-install.tsx';
import { LoadDefaultsFirst } from '../gateway/load-account.tsx';
import type { SectionProps } from '../gateway/section.ts';
import { useInstall } from '../gateway/use-install.ts';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { SettingsFields } from '../settings-form/fields.tsx';
import { keepsPassword } from '../settings-form/values.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions } from '../ui/card.tsx';
import { TextField } from '../ui/fields.tsx';
import { FormArea } from '../ui/form-area.tsx';
import { useUnsaved } from '../unsaved/use-unsaved.ts';

interface InstallFormProps {
	section: SectionProps;
	/** Who gets the test email. */
	to: { value: string; onChange: ( to: string ) => void; problem: string | undefined };
	onInstalled: ( sendingDomain: string ) => void;
}

/** The sign-in of the provider, and one button. */
export function InstallForm( { section, to, onInstalled }: InstallFormProps ) {
	const { serverId, gateway, defaultsSaved, accounts } = section.view;
	const install = useInstall( section, () => onInstalled( install.values.sendingDomain.trim() ) );
	const { values, jobCall, problem } = install;
	useUnsaved( __( 'Email Gateway', 'email-gateway' ), install.isDirty, install.form );
	const isEmpty = ! values.smtpServer && ! values.userName && ! values.password;
	const fields = {
		values,
		onChange: install.change,
		problems: fieldSentencesOf( problem, 'settings' ),
		serverId,
		passwordSaved: gateway.passwordSaved && keepsPassword( values, gateway.submitted?.settings ?? null ),
	};
	return (
		<>
			{ defaultsSaved && isEmpty && (
				<LoadDefaultsFirst
					accounts={ accounts }
					disabled={ install.busy || section.away }
					onLoad={ install.load }
				/>
			) }
			<FormArea problem={ problem } form={ install.form }>
				<SettingsFields { ...fields } isShort />
				<AdvancedFields { ...fields } />
				<TextField
					label={ __( 'Send the Test Email To', 'email-gateway' ) }
					name="to"
					required
					type="email"
					{ ...to }
				/>
			</FormArea>
			<Actions>
				<ActionButton
					variant="primary"
					busy={ install.busy }
					disabled={ install.idle }
					onClick={ install.install }
				>
					{ __( 'Install and Send a Test Email', 'email-gateway' ) }
				</ActionButton>
			</Actions>
			<JobOutcome
				of={ { ...jobCall, problem } }
				remedy={
					<FailedInstall
						error={ jobCall.job?.watch.job?.error }
						disabled={ install.idle }
						onField={ install.form.focus }
						onUsePort={ install.takePort }
						onPreview={ install.preview }
						onRetry={ install.confirm }
						onOverrule={ install.overrule }
					/>
				}
			/>
		</>
	);
}
