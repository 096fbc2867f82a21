import { readFileSync } from 'node:fs';
import type { DesiredFile } from './desired-files.ts';
import type { Parameter } from './main-cf.ts';
import type { Paused } from './pauses.ts';
import { hasRoutes, noRoutes, ownSendersOf, type Routes } from './routes.ts';
import type { Rules } from './rules.ts';

const program = readFileSync( new URL( './submitter.sh', import.meta.url ), 'utf8' );

export const submitterProgram = '/usr/local/sbin/email-gateway-submitter';

/** The service of master.cf that runs it, in the private folder of the queue. */
const service = 'email-gateway-submitter';

/** spawn(8): an unprivileged user, outside of the jail, for the jail has no /proc. */
export const submitterService = [
	`${ service } unix - n n - 0 spawn user=nobody argv=/bin/sh ${ submitterProgram }`,
	'says which Unix user hands a message over by SMTP, holds that of paused users, and refuses senders of other routes',
] as const;

const asksNobody = ( { paused, routes, caps }: Rules ) =>
	paused.length === 0 && ! hasRoutes( routes ) && caps.length === 0;

/**
 * Asked once for each message that comes by SMTP. While nobody is paused, has a route or a cap, an answer that does not come
 * must not keep mail; otherwise mail is put off without it, or that would be a way around it.
 */
export const submitterParameters = ( rules: Rules ): Parameter[] => [
	{
		name: 'smtpd_data_restrictions',
		value: `check_policy_service unix:private/${ service }`,
		why: 'the log names the Unix user of each message that comes by SMTP, and that of paused users is held',
	},
	asksNobody( rules )
		? {
				name: 'smtpd_policy_service_default_action',
				value: 'DUNNO',
				why: 'where that user cannot be told the message is taken all the same',
		  }
		: {
				name: 'smtpd_policy_service_default_action',
				value: '451 4.3.0 Whose message this is cannot be told now',
				why: 'somebody is paused, has a route or a cap: where the user cannot be told the message is put off',
		  },
	{
		name: 'smtpd_policy_service_timeout',
		value: asksNobody( rules ) ? '5s' : '20s',
		why: 'and is not kept waiting for it',
	},
];

/** The program with what it reads for each message: who is paused, and which senders are whose. */
export const renderSubmitter = ( paused: readonly Paused[], routes: Routes = noRoutes ): string =>
	program
		.replace( '@paused@', paused.map( ( { uid, how } ) => ` ${ uid }:${ how }` ).join( '' ) )
		.replace( '@routes@', () => renderSenders( routes ) );

const renderSenders = ( routes: Routes ): string =>
	[
		...( hasRoutes( routes ) && routes.without === 'hold' ? [ ' hold' ] : [] ),
		...ownSendersOf( routes ).flatMap( ( { uid, senders } ) =>
			senders.map( ( sender ) => ` ${ uid }=${ sender }` )
		),
	].join( '' );

export const submitterFiles = ( paused: readonly Paused[], routes: Routes = noRoutes ): DesiredFile[] => [
	{
		name: submitterProgram,
		content: renderSubmitter( paused, routes ),
		mode: '0644',
		why: 'says which Unix user hands a message over by SMTP, whose sending is paused, and which senders are whose',
	},
];
