import type { JobView } from '@email-gateway/shared';

/** What a server that was met for the first time has shown; '' where the job ended otherwise. */
export const seenFingerprint = ( { error }: Pick< JobView, 'error' > ): string =>
	error?.code === 'host_key_unknown' ? error.detail.fingerprint : '';
