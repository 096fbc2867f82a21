import type { QueueAction } from '@email-gateway/shared';
import { recordOf } from '../db/change-server.ts';
import { otherRulesOn } from '../db/rules.ts';
import { endSandbox, keepSandbox } from '../db/sandbox.ts';
import type { SandboxQuestion } from '../programs/sandbox-queue.ts';
import type { Remote } from '../ssh/remote.ts';
import { changeRules, installedForChange } from './change-rules.ts';
import type { JobContext, VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import type { JobRequest } from './request.ts';

/**
 * Turns the sandbox on, or changes it: a change of the gateway as an install is. What was in the queue before has
 * recipients of its own, so it is held. Errors: those of changeRules.
 */
export const turnOnSandbox: VerbOf< Extract< JobRequest, { verb: 'turn_on_sandbox' } > > = ( context, { rules } ) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server, job, stopSignal } = context;
		await installedForChange( context, facts );
		if ( ! context.isApplying() ) {
			await app.tools.readSandboxQueue( remote, { question: 'begin', signal: stopSignal() } );
		}
		const next = { ...( await otherRulesOn( app, server ) ), sandbox: rules };
		const seen = await changeRules( context, remote, { facts, next } );
		await keepSandbox( app, server, { rules, at: new Date().toISOString(), by: job.askedBy.login } );
		const queued = { question: `queued ${ rules.kind }`, action: 'hold' } as const;
		const { changed: held } = await sandboxMail( context, remote, queued );
		return {
			result: { verb: 'turn_on_sandbox', kind: rules.kind, held },
			record: ( tx ) => recordOf( tx, server, { lastLook: seen } ),
		};
	} );

/** Lets mail leave again, and does with what the sandbox kept what was chosen. Errors: those of changeRules. */
export const turnOffSandbox: VerbOf< Extract< JobRequest, { verb: 'turn_off_sandbox' } > > = (
	context,
	{ held: choice }
) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server, stopSignal } = context;
		await installedForChange( context, facts );
		// what is not released is out of the way before anything can leave
		const action = choice === 'keep' ? 'hold' : choice;
		const kept: SandboxMail = { question: 'kept', action };
		const before = choice === 'release' ? null : await sandboxMail( context, remote, kept );
		const next = { ...( await otherRulesOn( app, server ) ), sandbox: null };
		const seen = await changeRules( context, remote, { facts, next } );
		await endSandbox( app, server );
		// and what came meanwhile
		const after = await sandboxMail( context, remote, kept );
		await app.tools.readSandboxQueue( remote, { question: 'forget', signal: stopSignal() } );
		// what stays is found again
		const messages = choice === 'keep' ? after.found : after.changed + ( before?.changed ?? 0 );
		return {
			result: { verb: 'turn_off_sandbox', choice, messages },
			record: ( tx ) => recordOf( tx, server, { lastLook: seen } ),
		};
	} );

interface SandboxMail {
	question: SandboxQuestion;
	action: QueueAction;
}

/** Does something with the messages that answer a question; with how many it was done, and how many there are. */
function sandboxMail(
	{ step, app, stopSignal }: JobContext,
	remote: Remote,
	{ question, action }: SandboxMail
): Promise< { changed: number; found: number } > {
	return step( 'sandbox_mail', async () => {
		const ids = await app.tools.readSandboxQueue( remote, { question, signal: stopSignal() } );
		const { changed } =
			ids.length > 0
				? await app.tools.changeQueue( remote, { action, ids, signal: stopSignal() } )
				: { changed: 0 };
		return { value: { changed, found: ids.length }, detail: { messages: ids.length } };
	} );
}
