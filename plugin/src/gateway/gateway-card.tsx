import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { AuditSection } from '../audit/audit-section.tsx';
import { may } from '../page.ts';
import { Pill } from '../ui/pill.tsx';
import { statePill } from '../words/states.ts';
import { IncludedSection } from './included-section.tsx';
import { InstallSection } from './install-section.tsx';
import type { Remedy } from './remedy.ts';
import { RemoveSection } from './remove-section.tsx';
import { LastSeen } from './last-seen.tsx';
import { isInstalled, type SectionProps } from './section.ts';
import { summaryOf } from './summary.ts';
import { UnfinishedChange } from './unfinished-change.tsx';
import { WaitingSection } from './waiting-section.tsx';
import { TestSection } from './test-section.tsx';

/** The gateway of one server: install, prove, remove. */
export function GatewayCard( { view, onChange, away }: Omit< SectionProps, 'connected' > ) {
	const { gateway, connection } = view;
	const isTrusted = connection !== null && connection.hostKey?.state === 'trusted';
	const connected = isTrusted && ! away;
	const section = { view, onChange, connected, away };
	const [ asked, setAsked ] = useState< { remedy: Remedy } | null >( null );
	const hasForm = gateway.included === 'absent';
	return (
		<>
			<p className="email-gateway-head">
				<Pill { ...statePill( gateway.state ) } /> <span>{ summaryOf( view ) }</span>
			</p>
			{ gateway.state === 'unfinished' && (
				<UnfinishedChange
					isInstalled={ gateway.installed !== null }
					disabled={ ! connected }
					onRepair={ hasForm ? () => setAsked( { remedy: 'reinstall' } ) : undefined }
				/>
			) }
			<LastSeen view={ view } />
			{ ! isTrusted && (
				<p className="email-gateway-quiet">
					{ connection?.hostKey?.state === 'changed'
						? __(
								'Stopped: the host key of the server has changed. See Server Connection.',
								'email-gateway'
						  )
						: __( 'The gateway needs the connection first: see Server Connection.', 'email-gateway' ) }
				</p>
			) }
			<WaitingSection { ...section } />
			{ hasForm ? <InstallSection { ...section } asked={ asked } /> : <IncludedSection { ...section } /> }
			{ isInstalled( gateway ) && (
				<TestSection { ...section } onRemedy={ hasForm ? ( remedy ) => setAsked( { remedy } ) : undefined } />
			) }
			<RemoveSection { ...section } />
			{ may( 'see_audit' ) && <AuditSection serverId={ view.serverId } /> }
		</>
	);
}
