import type { CheckedSettings, FoundSettings, QueueAction, SenderCheck, TestResult } from '@email-gateway/shared';
import type { Facts } from '../gateway/facts.ts';
import type { TakesMail } from '../gateway/own-names.ts';
import { askMailServers, type MailServersInput } from '../mail/ask-mail-servers.ts';
import { checkProvider } from '../mail/check-provider.ts';
import { checkSender, type SenderInput } from '../mail/check-sender.ts';
import { findSettings, type FindInput } from '../mail/find-settings.ts';
import { preflight, type PreflightInput, type PreflightResult } from '../mail/preflight.ts';
import { connect } from '../ssh/connect.ts';
import { makeManagedKey, type ManagedKey } from '../ssh/key-pair.ts';
import { refuseUnreadable } from '../ssh/private-key.ts';
import type { Remote } from '../ssh/remote.ts';
import type { SshTarget } from '../ssh/target.ts';
import { apply, type ApplyInput } from '../programs/apply.ts';
import type { OnStep, RunFollower } from '../programs/detached-run.ts';
import { deliverFormerMail, type HandedOver } from '../programs/former-mail.ts';
import { flush, type Flushed, type FlushOptions } from '../programs/flush.ts';
import type { LogCursor, LogPiece } from '../ledger/log-piece.ts';
import type { QueueRead } from '../ledger/queue-read.ts';
import { readLog } from '../programs/log-piece.ts';
import { look, type LookOptions } from '../programs/look.ts';
import { prove, type TestMail } from '../programs/prove.ts';
import { changeQueue, readQueue, type QueueChanged } from '../programs/queue.ts';
import { readSandboxQueue, type SandboxQuestion } from '../programs/sandbox-queue.ts';
import { resumeCap } from '../programs/resume-cap.ts';
import { readSiteQueue } from '../programs/site-queue.ts';
import { remove } from '../programs/remove.ts';
import { tidy } from '../programs/tidy.ts';

/** The edge of the backend: what reaches a server or a provider. Tests fake this and nothing else. */
export interface Tools {
	makeManagedKey( comment: string ): ManagedKey;
	/** What can be told of a key file without opening it. Errors: private_key_unreadable. */
	refuseUnreadable( privateKey: string, passphrase: string | null ): void;
	connect(
		target: SshTarget,
		options: { signal: AbortSignal; allowedPrivateRanges: readonly string[] }
	): Promise< Remote >;
	look( remote: Remote, options: LookOptions ): Promise< Facts >;
	readLog( remote: Remote, after: LogCursor, options: { signal: AbortSignal } ): Promise< LogPiece | null >;
	tidy( remote: Remote, options: { signal: AbortSignal } ): Promise< void >;
	preflight( remote: Remote, options: PreflightInput ): Promise< PreflightResult >;
	checkProvider( remote: Remote, options: PreflightInput ): Promise< CheckedSettings >;
	findSettings( input: FindInput ): Promise< FoundSettings | null >;
	checkSender( input: SenderInput ): Promise< SenderCheck >;
	askMailServers( input: MailServersInput ): Promise< TakesMail >;
	apply( remote: Remote, change: ApplyInput, options: RunFollower ): Promise< { savedQueue: string | null } >;
	remove(
		remote: Remote,
		change: { jobId: string; waitingMail: 'refuse' | 'save' },
		options: RunFollower
	): Promise< { restored: string | null; savedQueue: string | null } >;
	flush( remote: Remote, options: FlushOptions ): Promise< Flushed >;
	deliverFormerMail( remote: Remote, options: { signal: AbortSignal } ): Promise< HandedOver >;
	readQueue( remote: Remote, options: { signal: AbortSignal } ): Promise< QueueRead >;
	changeQueue(
		remote: Remote,
		change: { action: QueueAction; ids: readonly string[]; signal: AbortSignal }
	): Promise< QueueChanged >;
	readSiteQueue( remote: Remote, of: { uid: number; signal: AbortSignal } ): Promise< string[] >;
	readSandboxQueue( remote: Remote, of: { question: SandboxQuestion; signal: AbortSignal } ): Promise< string[] >;
	resumeCap( remote: Remote, of: { uid: number; signal: AbortSignal } ): Promise< void >;
	prove( remote: Remote, mail: TestMail, options: { signal: AbortSignal; onStep: OnStep } ): Promise< TestResult >;
}

export const realTools: Tools = {
	makeManagedKey,
	refuseUnreadable,
	connect,
	look,
	readLog,
	tidy,
	preflight,
	checkProvider,
	checkSender,
	askMailServers,
	findSettings,
	apply,
	remove,
	flush,
	deliverFormerMail,
	readQueue,
	changeQueue,
	readSiteQueue,
	readSandboxQueue,
	resumeCap,
	prove,
};
