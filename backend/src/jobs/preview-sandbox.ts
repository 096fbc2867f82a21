import type { VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import { previewRules } from './preview-rules.ts';
import type { JobRequest } from './request.ts';

/** What turning on the sandbox would change, and why. Changes nothing. Errors: those of previewRules. */
export const previewSandbox: VerbOf< Extract< JobRequest, { verb: 'preview_sandbox' } > > = (
	context,
	{ rules: sandbox }
) => withLook( context, ( _remote, facts ) => previewRules( context, facts, { sandbox } ) );
