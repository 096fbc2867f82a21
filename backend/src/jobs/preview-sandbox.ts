import { rulesOn } from '../db/rules.ts';
import { plan } from '../gateway/plan.ts';
import { installedForChange } from './change-rules.ts';
import type { VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import type { JobRequest } from './request.ts';
import { refuseUnshownFound } from './unshown.ts';

/** What turning on the sandbox would change, and why. Changes nothing. Errors: account_not_shown, those of installedForChange. */
export const previewSandbox: VerbOf< Extract< JobRequest, { verb: 'preview_sandbox' } > > = (
	context,
	{ rules: sandbox }
) =>
	withLook( context, async ( _remote, facts ) => {
		const installed = await installedForChange( context, facts );
		await refuseUnshownFound( context, facts );
		const rules = await rulesOn( context.app, context.server );
		const changes = await context.step( 'plan', async () => {
			const value = plan( facts, installed.desiredFor( facts, { ...rules, sandbox } ) );
			return { value, detail: { changes: value.length } };
		} );
		return { result: { verb: 'preview_changes', plan: changes } };
	} );
