import type { ServerView } from '@email-gateway/shared';
import { settingsValues } from '../settings-form/values.ts';
import { useDraft } from '../unsaved/use-draft.ts';

/** The form's values, and whether any of them would be lost with the page. */
export function useSettings( submitted: ServerView[ 'gateway' ][ 'submitted' ] ) {
	const { values, change, keep, isDirty } = useDraft(
		() => settingsValues( submitted?.settings ?? null ),
		submitted?.version ?? 0
	);
	return {
		values,
		change,
		isDirty,
		/** The backend has taken the values: the password is saved now and leaves the page. */
		settle: () => keep( { ...values, password: '', account: null } ),
	};
}
