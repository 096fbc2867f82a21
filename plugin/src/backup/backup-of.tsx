import type { BackupRules, BackupView } from '@email-gateway/shared';
import type { Problem } from '../api/problem.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { BackupForm } from './backup-form.tsx';
import { OnBackup } from './on-backup.tsx';
import { SwitchButton } from './switch-button.tsx';

interface Props {
	/** Whose own account it stands in for. */
	of: 'server' | 'route';
	backup: BackupView | null;
	/** Of the last thing that was asked. */
	problem: Problem | null;
	busy: boolean;
	/** Nothing can be switched now. */
	disabled: boolean;
	onType: ( names: string[] ) => void;
	onSave: ( rules: BackupRules ) => void;
	onEnd: () => void;
	onSwitch: ( to: 'backup' | 'first' ) => void;
}

/** Which account is the backup, when it is switched to, and whether it is now: of a server, or of a route there. */
export function BackupOf( { of, backup, problem, busy, disabled, onType, onSave, onEnd, onSwitch }: Props ) {
	const active = backup?.active ?? null;
	return (
		<>
			{ active && (
				<OnBackup active={ active }>
					<SwitchButton of={ of } to="first" disabled={ disabled } onSwitch={ () => onSwitch( 'first' ) } />
				</OnBackup>
			) }
			<BackupForm
				key={ JSON.stringify( backup ) }
				{ ...{ of, backup, problem, busy, onSave, onEnd } }
				onChange={ onType }
			>
				{ backup && ! active && (
					<SwitchButton of={ of } to="backup" disabled={ disabled } onSwitch={ () => onSwitch( 'backup' ) } />
				) }
			</BackupForm>
			{ problem && <ProblemNotice problem={ problem } /> }
		</>
	);
}
