import { readFileSync } from 'node:fs';
import type { DesiredFile } from './desired-files.ts';
import type { Parameter } from './main-cf.ts';
import type { Paused } from './pauses.ts';

const program = readFileSync( new URL( './submitter.sh', import.meta.url ), 'utf8' );

export const submitterProgram = '/usr/local/sbin/email-gateway-submitter';

/** The service of master.cf that runs it, in the private folder of the queue. */
const service = 'email-gateway-submitter';

/** spawn(8): an unprivileged user, outside of the jail, for the jail has no /proc. */
export const submitterService = [
	`${ service } unix - n n - 0 spawn user=nobody argv=/bin/sh ${ submitterProgram }`,
	'says which Unix user hands a message over by SMTP, and holds that of paused users',
] as const;

/**
 * Asked once for each message that comes by SMTP. While nobody is paused an answer that does not come must not keep mail;
 * otherwise mail is put off without it, or that would be a way around the pause.
 */
export const submitterParameters = ( paused: readonly Paused[] ): Parameter[] => [
	{
		name: 'smtpd_data_restrictions',
		value: `check_policy_service unix:private/${ service }`,
		why: 'the log names the Unix user of each message that comes by SMTP, and that of paused users is held',
	},
	paused.length === 0
		? {
				name: 'smtpd_policy_service_default_action',
				value: 'DUNNO',
				why: 'where that user cannot be told the message is taken all the same',
		  }
		: {
				name: 'smtpd_policy_service_default_action',
				value: '451 4.3.0 Whose message this is cannot be told now, and sending of a site is paused',
				why: 'somebody is paused: where the user cannot be told the message is put off',
		  },
	{
		name: 'smtpd_policy_service_timeout',
		value: paused.length === 0 ? '5s' : '20s',
		why: 'and is not kept waiting for it',
	},
];

/** The program with the users who are paused in its second line, which it reads for each message. */
export const renderSubmitter = ( paused: readonly Paused[] ): string =>
	program.replace( '@paused@', paused.map( ( { uid, how } ) => ` ${ uid }:${ how }` ).join( '' ) );

export const submitterFiles = ( paused: readonly Paused[] ): DesiredFile[] => [
	{
		name: submitterProgram,
		content: renderSubmitter( paused ),
		mode: '0644',
		why: 'says which Unix user hands a message over by SMTP, and whose sending is paused',
	},
];
