import { readFileSync } from 'node:fs';
import type { DesiredFile } from './desired-files.ts';
import type { Parameter } from './main-cf.ts';
import { hasRoutes, keysOf, ownSendersOf, type Routes } from './routes.ts';
import type { Rules } from './rules.ts';

const program = readFileSync( new URL( './may-send.pl', import.meta.url ), 'utf8' );

export const maySendProgram = '/usr/local/sbin/email-gateway-may-send';

/** The service of master.cf that runs it, in the private folder of the queue. */
const service = 'email-gateway-may-send';

/** spawn(8): an unprivileged user, and outside of the jail, which has no perl. */
const maySendService = [
	`${ service } unix - n n - 0 spawn user=nobody argv=/usr/bin/perl ${ maySendProgram }`,
	'keeps each Unix user to the senders of its route',
] as const;

const sendAs = 'email-gateway-send-as';
const smtpService = [
	`${ sendAs } unix - n n - 0 spawn user=nobody argv=/usr/bin/perl ${ maySendProgram } smtp`,
	'gives mail that comes by SMTP the one address that its route sends as',
] as const;

const sendsAs = ( { list }: Routes ): boolean => list.some( ( { sendAs: address } ) => address );

export const maySendServices = ( routes: Routes ) => [
	maySendService,
	...( sendsAs( routes ) ? [ smtpService ] : [] ),
];

export const maySendParameters = ( routes: Routes ): Parameter[] =>
	hasRoutes( routes )
		? [
				{
					name: 'non_smtpd_milters',
					value: `unix:private/${ service }`,
					why: 'each Unix user sends as a sender of its route only; any other is replaced by its own, and held',
				},
				...( sendsAs( routes )
					? [
							{
								name: 'smtpd_milters',
								value: `unix:private/${ sendAs }`,
								why: 'mail that comes by SMTP is sent as the one address of its route, too',
							},
					  ]
					: [] ),
				{
					name: 'milter_default_action',
					value: 'tempfail',
					why: 'without that answer the message stays where sendmail put it, and is tried again',
				},
		  ]
		: [];

const renderMaySend = ( { paused, sandbox, routes }: Rules ): string =>
	[
		program.trimEnd(),
		`without ${ routes.without }`,
		// header_checks hold it for everybody else
		...( sandbox?.kind === 'hold' ? [ 'hold all' ] : [] ),
		...paused.map( ( { uid } ) => `hold ${ uid }` ),
		...ownSendersOf( routes ).map( ( { uid, senders } ) => `may ${ uid } ${ senders.join( ' ' ) }` ),
		...routes.list.flatMap( ( route ) =>
			route.sendAs ? [ `as ${ route.sendAs } ${ keysOf( route ).join( ' ' ) }` ] : []
		),
		'',
	].join( '\n' );

export const maySendFiles = ( rules: Rules ): DesiredFile[] =>
	hasRoutes( rules.routes )
		? [
				{
					name: maySendProgram,
					content: renderMaySend( rules ),
					mode: '0644',
					why: 'keeps each Unix user to the senders of its route',
				},
		  ]
		: [];
