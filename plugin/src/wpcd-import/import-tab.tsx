import { useEffect, useRef, useState } from '@wordpress/element';
import { Notice, Spinner } from '@wordpress/components';
import { __, _n, _x, sprintf } from '@wordpress/i18n';
import { useAnswer } from '../api/use-answer.ts';
import { useRequest } from '../api/use-request.ts';
import { importDefaults, readImportable, type Importable, type SavedGateway } from '../api/wpcd-import.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Section } from '../ui/card.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ofPanel } from '../words/panel.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { ChosenServers } from './chosen-servers.tsx';
import { installChosen, type Progress } from './install-chosen.ts';

/** Takes what WPCloudDeploy saved of its own email gateway. */
export function ImportTab() {
	const { answer, problem, retry } = useAnswer( readImportable );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	if ( ! answer ) {
		return <Spinner />;
	}
	return (
		<>
			<p>
				{ ofPanel(
					__(
						/* translators: %s: name of a product */
						'%s has its own email gateway, made with ssmtp. This page takes over the values of that gateway, and ours takes its place. Passwords go straight from the old records to the backend; they are not shown here.',
						'email-gateway'
					)
				) }
			</p>
			<DefaultsSection defaults={ answer.defaults } />
			<ServersSection servers={ answer.servers } />
		</>
	);
}

function DefaultsSection( { defaults }: { defaults: SavedGateway | null } ) {
	const request = useRequest();
	const [ taken, setTaken ] = useState( false );
	const take = async () => setTaken( ( await request.send( importDefaults ) ) !== null );
	return (
		<Section title={ _x( 'Defaults', 'heading', 'email-gateway' ) }>
			{ defaults ? (
				<>
					<p>
						{ sprintf(
							/* translators: 1: mail server, 2: port, 3: user, 4: domain */
							__( 'Mail server %1$s, port %2$s, user %3$s, sending domain %4$s.', 'email-gateway' ),
							defaults.smtpServer,
							String( defaults.smtpPort ),
							defaults.userName,
							defaults.sendingDomain
						) }
					</p>
					<Actions>
						<ActionButton busy={ request.busy } onClick={ () => void take() }>
							{ __( 'Import Defaults', 'email-gateway' ) }
						</ActionButton>
						<span className="email-gateway-quiet">
							{ __( 'They replace the default credentials saved here.', 'email-gateway' ) }
						</span>
					</Actions>
				</>
			) : (
				<p className="email-gateway-quiet">
					{ ofPanel( /* translators: %s: name of a product */ __( 'None are set in %s.', 'email-gateway' ) ) }
				</p>
			) }
			{ taken && (
				<Notice status="success" isDismissible={ false }>
					{ __( 'Saved as the default credentials.', 'email-gateway' ) }
				</Notice>
			) }
			{ request.problem && <ProblemNotice problem={ request.problem } /> }
		</Section>
	);
}

function ServersSection( { servers }: { servers: Importable[ 'servers' ] } ) {
	const [ chosen, setChosen ] = useState< ReadonlySet< number > >( new Set() );
	const [ progress, setProgress ] = useState< Record< number, Progress > >( {} );
	const [ asking, setAsking ] = useState( false );
	const [ busy, setBusy ] = useState( false );
	const stop = useRef( new AbortController() );
	useEffect( () => () => stop.current.abort(), [] );
	const install = async () => {
		setAsking( false );
		setBusy( true );
		await installChosen( [ ...chosen ], {
			signal: stop.current.signal,
			told: ( serverId, next ) => setProgress( ( known ) => ( { ...known, [ serverId ]: next } ) ),
		} );
		setBusy( false );
		setChosen( new Set() );
	};
	return (
		<Section title={ _x( 'Servers', 'heading', 'email-gateway' ) }>
			{ servers.length === 0 ? (
				<p className="email-gateway-quiet">
					{ ofPanel(
						/* translators: %s: name of a product */ __(
							'%s has installed its gateway on none of them.',
							'email-gateway'
						)
					) }
				</p>
			) : (
				<>
					<ChosenServers
						servers={ servers }
						chosen={ chosen }
						onChoose={ setChosen }
						progress={ progress }
						disabled={ busy || asking }
					/>
					<Actions>
						<ActionButton
							variant="primary"
							busy={ busy }
							disabled={ chosen.size === 0 || asking }
							onClick={ () => setAsking( true ) }
						>
							{ __( 'Install on Chosen Servers', 'email-gateway' ) }
						</ActionButton>
					</Actions>
				</>
			) }
			{ asking && (
				<Confirmation
					title={ sprintf(
						/* translators: %d: number of servers */
						_n(
							'Install our gateway on %d server?',
							'Install our gateway on %d servers?',
							chosen.size,
							'email-gateway'
						),
						chosen.size
					) }
					confirm={ _x( 'Install', 'button', 'email-gateway' ) }
					onConfirm={ () => void install() }
					onCancel={ () => setAsking( false ) }
				>
					<p>
						{ __(
							'The ssmtp package is removed and its password file is moved out of /etc. A copy that only root can read stays on the server, so that Remove can restore both. If anything fails, all changes are rolled back.',
							'email-gateway'
						) }
					</p>
					<p>
						{ ofPanel(
							__(
								/* translators: %s: name of a product */
								'The records of %s stay as they are. Do not install its gateway there again: its ssmtp would push ours out.',
								'email-gateway'
							)
						) }
					</p>
				</Confirmation>
			) }
		</Section>
	);
}
