import { loadedLater } from '../ui/loaded-later.tsx';

const opened = () => import( /* webpackChunkName: "opened" */ './opened.ts' );

export const AuditLog = loadedLater( async () => ( await opened() ).AuditLog );
export const BackupParts = loadedLater( async () => ( await opened() ).BackupParts );
export const CheckOutcome = loadedLater( async () => ( await opened() ).CheckOutcome );
export const MailLog = loadedLater( async () => ( await opened() ).MailLog );
export const OwnAlerts = loadedLater( async () => ( await opened() ).OwnAlerts );
export const PlannedChanges = loadedLater( async () => ( await opened() ).PlannedChanges );
export const QueueView = loadedLater( async () => ( await opened() ).QueueView );
export const RepairQuestion = loadedLater( async () => ( await opened() ).RepairQuestion );
export const SandboxView = loadedLater( async () => ( await opened() ).SandboxView );
export const SendAsField = loadedLater( async () => ( await opened() ).SendAsField );
export const SitesView = loadedLater( async () => ( await opened() ).SitesView );
export const TestedAs = loadedLater( async () => ( await opened() ).TestedAs );
