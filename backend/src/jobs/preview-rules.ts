import { rulesOn } from '../db/rules.ts';
import type { Facts } from '../gateway/facts.ts';
import { plan } from '../gateway/plan.ts';
import type { Rules } from '../gateway/rules.ts';
import { installedForChange } from './change-rules.ts';
import type { Done, JobContext } from './context.ts';
import { refuseUnshownFound } from './unshown.ts';

/** What other rules than those of now would change, and why. Changes nothing. Errors: account_not_shown, those of installedForChange. */
export async function previewRules( context: JobContext, facts: Facts, next: Partial< Rules > ): Promise< Done > {
	const installed = await installedForChange( context, facts );
	await refuseUnshownFound( context, facts );
	const rules = await rulesOn( context.app, context.server );
	const changes = await context.step( 'plan', async () => {
		const value = plan( facts, installed.desiredFor( facts, { ...rules, ...next } ) );
		return { value, detail: { changes: value.length } };
	} );
	return { result: { verb: 'preview_changes', plan: changes } };
}
