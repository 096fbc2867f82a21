import { z } from 'zod';

export const verbs = [
	'check_connection',
	'preview_changes',
	'check_settings',
	'find_settings',
	'install_gateway',
	'send_test_email',
	'deliver_waiting_mail',
	'deliver_former_mail',
	'read_queue',
	'change_queue',
	'pause_site',
	'resume_site',
	'preview_sandbox',
	'check_route',
	'set_route',
	'update_routes',
	'remove_route',
	'route_others',
	'turn_on_sandbox',
	'turn_off_sandbox',
	'cap_site',
	'preview_doors',
	'change_doors',
	'remove_gateway',
] as const;
export type Verb = ( typeof verbs )[ number ];

/** What becomes of waiting mail older than a day: its links may be stale. */
export const olderMail = z.enum( [ 'ask', 'deliver', 'hold' ] );
export type OlderMail = z.infer< typeof olderMail >;

export const jobStates = [ 'queued', 'running', 'succeeded', 'failed', 'cancelled' ] as const;
export type JobState = ( typeof jobStates )[ number ];

/** What a person watches, in the order in which it happens. The plugin holds the words. */
export const steps = [
	'connect',
	'look',
	'preflight',
	'sender',
	'plan',
	'repair',
	'snapshot',
	'packages',
	'configuration',
	'service',
	'verify',
	'commit',
	'undo',
	'restore',
	'look_again',
	'flush',
	'hand_over',
	'read_queue',
	'change_queue',
	'submit',
	'follow',
	'search',
	'site_mail',
	'sandbox_mail',
] as const;
export type Step = ( typeof steps )[ number ];
