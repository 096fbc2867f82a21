import { __ } from '@wordpress/i18n';
import type { BackupRules } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import type { SectionProps } from '../gateway/section.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { BackupForm } from './backup-form.tsx';
import { OnBackup } from './on-backup.tsx';
import { SwitchButton } from './switch-button.tsx';

/** Which account is the backup, when it is switched to, and whether it is now. The job of a switch is followed as an install. */
export function BackupParts( { view, onChange, connected }: SectionProps ) {
	const { serverId, job, gateway } = view;
	const { backup } = gateway;
	const request = useRequest();
	const isLive = job?.state === 'queued' || job?.state === 'running';
	const send = async ( ask: () => Promise< unknown > ) => {
		if ( ( await request.send( ask ) ) !== null ) {
			onChange();
		}
	};
	const switchBy = ( name: 'switchToBackup' | 'switchBack' ) => void send( () => call( name, { serverId } ) );
	const disabled = ! connected || isLive || request.busy;
	return (
		<div className="email-gateway-form">
			<p>
				{ __(
					'A second account by which this server sends while its own cannot. It is not used for what is the matter of a recipient or of a message, nor where the provider only slows down.',
					'email-gateway'
				) }
			</p>
			<p className="email-gateway-quiet">
				{ __(
					'It stands in for the account of the gateway. Sites with a route of their own keep that account: their mail waits while it does not work.',
					'email-gateway'
				) }
			</p>
			{ backup?.active ? (
				<OnBackup active={ backup.active }>
					<SwitchButton to="first" disabled={ disabled } onSwitch={ () => switchBy( 'switchBack' ) } />
				</OnBackup>
			) : null }
			<BackupForm
				key={ JSON.stringify( backup ) }
				backup={ backup }
				problem={ request.problem }
				busy={ request.busy }
				onChange={ request.changed }
				onSave={ ( body: BackupRules ) => void send( () => call( 'chooseBackup', { serverId, body } ) ) }
				onEnd={ () => void send( () => call( 'endBackup', { serverId } ) ) }
			>
				{ backup && ! backup.active && (
					<SwitchButton to="backup" disabled={ disabled } onSwitch={ () => switchBy( 'switchToBackup' ) } />
				) }
			</BackupForm>
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</div>
	);
}
