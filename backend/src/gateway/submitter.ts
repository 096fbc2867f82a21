import { readFileSync } from 'node:fs';
import type { DesiredFile } from './desired-files.ts';
import type { Parameter } from './main-cf.ts';

const program = readFileSync( new URL( './submitter.sh', import.meta.url ), 'utf8' );

export const submitterProgram = '/usr/local/sbin/email-gateway-submitter';

/** The service of master.cf that runs it, in the private folder of the queue. */
const service = 'email-gateway-submitter';

/** spawn(8): an unprivileged user, outside of the jail, for the jail has no /proc. */
export const submitterService = [
	`${ service } unix - n n - 0 spawn user=nobody argv=/bin/sh ${ submitterProgram }`,
	'says in the log which Unix user hands a message over by SMTP',
] as const;

/** Asked once for each message that comes by SMTP. An answer that does not come must not keep mail. */
export const submitterParameters: readonly Parameter[] = [
	{
		name: 'smtpd_data_restrictions',
		value: `check_policy_service unix:private/${ service }`,
		why: 'the log names the Unix user of each message that comes by SMTP',
	},
	{
		name: 'smtpd_policy_service_default_action',
		value: 'DUNNO',
		why: 'where that user cannot be told the message is taken all the same',
	},
	{ name: 'smtpd_policy_service_timeout', value: '5s', why: 'and is not kept waiting for it' },
];

export const submitterFiles: readonly DesiredFile[] = [
	{
		name: submitterProgram,
		content: program,
		mode: '0644',
		why: 'says in the log which Unix user hands a message over by SMTP',
	},
];
