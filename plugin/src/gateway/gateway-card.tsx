import type { ReactNode } from 'react';
import { Fragment } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ConnectionView } from '@email-gateway/shared';
import { OwnAlertsSection } from '../alerts/own-alerts-section.tsx';
import { AuditSection } from '../audit/audit-section.tsx';
import { MailLogSection } from '../mail-log/mail-log-section.tsx';
import { BackupBanner } from '../backup/backup-banner.tsx';
import { BackupSection } from '../backup/backup-section.tsx';
import { may } from '../page.ts';
import { MailPlots } from '../plots/mail-plots.tsx';
import { QueueSection } from '../queue/queue-section.tsx';
import { SitesSection } from '../sites/sites-section.tsx';
import { SandboxBanner } from '../sandbox/sandbox-banner.tsx';
import { SandboxSection } from '../sandbox/sandbox-section.tsx';
import { Pill } from '../ui/pill.tsx';
import { backupPill } from '../words/backup.ts';
import { sandboxPill } from '../words/sandbox.ts';
import { statePill } from '../words/states.ts';
import { beganWords, fullTime } from '../words/time.ts';
import { ExtraSections } from './extra-sections.tsx';
import { FormerMailSection } from './former-mail-section.tsx';
import { HandedOver } from './handed-over.tsx';
import { IncludedSection } from './included-section.tsx';
import { InstallSection } from './install-section.tsx';
import type { Remedy } from './remedy.ts';
import { RepairSection } from './repair-section.tsx';
import { RemoveSection } from './remove-section.tsx';
import { LastSeen } from './last-seen.tsx';
import { isInstalled, type SectionProps } from './section.ts';
import { summaryOf } from './summary.ts';
import { useInstall } from './use-install.ts';
import { UnfinishedChange } from './unfinished-change.tsx';
import { WaitingSection } from './waiting-section.tsx';
import { TestSection } from './test-section.tsx';

/** The gateway of one server: install, prove, remove. */
export function GatewayCard( props: Omit< SectionProps, 'connected' > ) {
	const { connection, gateway } = props.view;
	const section = { ...props, connected: isTrusted( connection ) && ! props.away };
	// held here, for buttons in other parts of the card ask for something of the form
	const install = useInstall( section );
	const hasForm = gateway.included === 'absent';
	// the same parts with the form and without it: how a job ended is still told when the form takes its place
	return (
		<Parts
			{ ...section }
			onRemedy={ hasForm ? install.remedy : undefined }
			// what was typed since waits for its own Reinstall: its password may be another one
			repair={ hasForm && gateway.submittedIsInstalled ? <RepairSection install={ install } /> : null }
		>
			{ hasForm ? (
				<InstallSection view={ section.view } onChange={ section.onChange } install={ install } />
			) : (
				<IncludedSection { ...section } />
			) }
		</Parts>
	);
}

const isTrusted = ( connection: ConnectionView | null ) => connection?.hostKey?.state === 'trusted';

interface PartsProps extends SectionProps {
	/** Undefined where there is no form. */
	onRemedy: ( ( remedy: Remedy ) => void ) | undefined;
	/** As of LastSeen. */
	repair: ReactNode;
	/** How it is installed. */
	children: ReactNode;
}

function Parts( { onRemedy, repair, children, ...section }: PartsProps ) {
	const { view, connected } = section;
	const { gateway, connection } = view;
	const form = <Fragment key="form">{ children }</Fragment>;
	const test = <TestSection key="test" { ...section } onRemedy={ onRemedy } />;
	return (
		<>
			<p className="email-gateway-head">
				<Pill { ...statePill( gateway.state ) } /> { gateway.sandbox && <Pill { ...sandboxPill() } /> }{ ' ' }
				{ gateway.backup?.active && <Pill { ...backupPill() } /> } <span>{ summaryOf( view ) }</span>{ ' ' }
				{ gateway.since && <span title={ fullTime( gateway.since ) }>{ beganWords( gateway.since ) }</span> }
			</p>
			{ gateway.state === 'unfinished' && (
				<UnfinishedChange
					isInstalled={ gateway.installed !== null }
					disabled={ ! connected }
					onRepair={ onRemedy && ( () => onRemedy( 'reinstall' ) ) }
				/>
			) }
			<HandedOver view={ view } />
			{ isInstalled( view ) && <SandboxBanner gateway={ gateway } /> }
			{ isInstalled( view ) && <BackupBanner backup={ gateway.backup } /> }
			<LastSeen view={ view } repair={ repair } />
			{ ! isTrusted( connection ) && (
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
			<FormerMailSection { ...section } />
			{ /* the result leads once there is one; by their keys both keep what they hold when they change places */ }
			{ isInstalled( view ) ? [ test, form ] : [ form ] }
			<OwnAlertsSection view={ view } />
			{ may( 'see_mail_log' ) && <QueueSection { ...section } /> }
			<SitesSection { ...section } />
			<BackupSection { ...section } />
			<SandboxSection { ...section } />
			{ may( 'see_mail_log' ) && <MailPlots source={ { serverId: view.serverId } } /> }
			{ may( 'see_mail_log' ) && <MailLogSection serverId={ view.serverId } /> }
			<ExtraSections view={ view } />
			{ may( 'see_audit' ) && <AuditSection serverId={ view.serverId } /> }
			{ /* what ends it all comes last */ }
			<RemoveSection { ...section } />
		</>
	);
}
