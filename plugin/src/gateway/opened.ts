/** What is loaded when one of these parts of a server's screen is first opened. */
export { OwnAlerts } from '../alerts/own-alerts.tsx';
export { AuditLog } from '../audit/audit-log.tsx';
export { BackupParts } from '../backup/backup-parts.tsx';
export { CheckOutcome } from './check-outcome.tsx';
export { PlannedChanges } from './planned-changes.tsx';
export { RepairQuestion } from './repair-question.tsx';
export { MailLog } from '../mail-log/mail-log.tsx';
export { QueueView } from '../queue/queue-view.tsx';
export { SandboxView } from '../sandbox/sandbox-view.tsx';
export { SendAsField } from '../sites/send-as-field.tsx';
export { SitesView } from '../sites/sites-view.tsx';
export { TestedAs } from './tested-as.tsx';
