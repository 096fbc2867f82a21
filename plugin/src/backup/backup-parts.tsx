import { __ } from '@wordpress/i18n';
import { call } from '../api/call.ts';
import { useRequest } from '../api/use-request.ts';
import type { SectionProps } from '../gateway/section.ts';
import { BackupOf } from './backup-of.tsx';

/** The backup of a server. The job of a switch is followed as an install. */
export function BackupParts( { view, onChange, connected }: SectionProps ) {
	const { serverId, job, gateway } = view;
	const request = useRequest();
	const isLive = job?.state === 'queued' || job?.state === 'running';
	const send = async ( ask: () => Promise< unknown > ) => {
		if ( ( await request.send( ask ) ) !== null ) {
			onChange();
		}
	};
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
					'It stands in for the account of the gateway. Each route can have a separate backup account, under Sites on This Server; without one its mail waits while its account does not work.',
					'email-gateway'
				) }
			</p>
			<BackupOf
				of="server"
				backup={ gateway.backup }
				problem={ request.problem }
				busy={ request.busy }
				disabled={ ! connected || isLive || request.busy }
				onType={ request.changed }
				onSave={ ( body ) => void send( () => call( 'chooseBackup', { serverId, body } ) ) }
				onEnd={ () => void send( () => call( 'endBackup', { serverId } ) ) }
				onSwitch={ ( to ) =>
					void send( () => call( to === 'backup' ? 'switchToBackup' : 'switchBack', { serverId } ) )
				}
			/>
		</div>
	);
}
