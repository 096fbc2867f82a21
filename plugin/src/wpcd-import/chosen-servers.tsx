import { CheckboxControl } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { Importable } from '../api/wpcd-import.ts';
import { Table } from '../ui/table.tsx';
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
	const everyServer = (
		<CheckboxControl
			__nextHasNoMarginBottom
			label={ _x( 'Server', 'column', 'email-gateway' ) }
			checked={ chosen.size === all.length }
			disabled={ disabled }
			onChange={ ( isChosen ) => onChoose( new Set( isChosen ? all : [] ) ) }
		/>
	);
	const server = ( { serverId, title, url }: Importable[ 'servers' ][ number ] ) => (
		<>
			<CheckboxControl
				__nextHasNoMarginBottom
				label={ title }
				checked={ chosen.has( serverId ) }
				disabled={ disabled }
				onChange={ ( isChosen ) => choose( serverId, isChosen ) }
			/>
			<p aria-live="polite">
				<ProgressWords progress={ progress[ serverId ] } />{ ' ' }
				<a href={ url }>{ _x( 'Open', 'link', 'email-gateway' ) }</a>
			</p>
		</>
	);
	return (
		<Table
			className="email-gateway-import"
			columns={ [
				everyServer,
				__( 'SMTP Server', 'email-gateway' ),
				__( 'User Name', 'email-gateway' ),
				__( 'Sending Domain', 'email-gateway' ),
			] }
			rows={ servers.map( ( one ) => ( {
				key: one.serverId,
				data: { 'data-server-id': one.serverId, 'data-progress': progress[ one.serverId ]?.state },
				cells: [ server( one ), `${ one.smtpServer }:${ one.smtpPort }`, one.userName, one.sendingDomain ],
			} ) ) }
		/>
	);
}
