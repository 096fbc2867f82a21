import { CheckboxControl } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Importable } from '../api/wpcd-import.ts';
import type { Progress } from './install-chosen.ts';
import { ProgressWords } from './progress-words.tsx';

interface ChosenServersProps {
	servers: Importable[ 'servers' ];
	chosen: ReadonlySet< number >;
	onChoose: ( chosen: ReadonlySet< number > ) => void;
	progress: Record< number, Progress >;
	disabled: boolean;
}

/** The servers on which WPCloudDeploy has installed its gateway, to choose from. */
export function ChosenServers( { servers, chosen, onChoose, progress, disabled }: ChosenServersProps ) {
	const columns = {
		smtpServer: __( 'SMTP Server', 'email-gateway' ),
		userName: __( 'User Name', 'email-gateway' ),
		sendingDomain: __( 'Sending Domain', 'email-gateway' ),
	};
	const all = servers.map( ( { serverId } ) => serverId );
	const choose = ( serverId: number, isChosen: boolean ) => {
		const next = new Set( chosen );
		if ( isChosen ) {
			next.add( serverId );
		} else {
			next.delete( serverId );
		}
		onChoose( next );
	};
	return (
		<table className="widefat striped email-gateway-import">
			<thead>
				<tr>
					<th>
						<CheckboxControl
							__nextHasNoMarginBottom
							label={ __( 'Server', 'email-gateway' ) }
							checked={ chosen.size === all.length }
							disabled={ disabled }
							onChange={ ( isChosen ) => onChoose( new Set( isChosen ? all : [] ) ) }
						/>
					</th>
					<th>{ columns.smtpServer }</th>
					<th>{ columns.userName }</th>
					<th>{ columns.sendingDomain }</th>
				</tr>
			</thead>
			<tbody>
				{ servers.map( ( { serverId, title, url, smtpServer, smtpPort, userName, sendingDomain } ) => (
					<tr key={ serverId } data-server-id={ serverId } data-progress={ progress[ serverId ]?.state }>
						<td>
							<CheckboxControl
								__nextHasNoMarginBottom
								label={ title }
								checked={ chosen.has( serverId ) }
								disabled={ disabled }
								onChange={ ( isChosen ) => choose( serverId, isChosen ) }
							/>
							<p aria-live="polite">
								<ProgressWords progress={ progress[ serverId ] } />{ ' ' }
								<a href={ url }>{ __( 'Open', 'email-gateway' ) }</a>
							</p>
						</td>
						<td data-colname={ columns.smtpServer }>{ `${ smtpServer }:${ smtpPort }` }</td>
						<td data-colname={ columns.userName }>{ userName }</td>
						<td data-colname={ columns.sendingDomain }>{ sendingDomain }</td>
					</tr>
				) ) }
			</tbody>
		</table>
	);
}
