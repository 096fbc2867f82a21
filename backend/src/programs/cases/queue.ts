// Only for tests
import type { Cases } from './case.ts';

const spool = '/var/spool/postfix';
const log = ( id: string, reason: string ) => ( {
	[ `${ spool }/defer/${ id[ 0 ] }/${ id }` ]: `recipient=a@b.test\nstatus=4.0.0\nreason=${ reason }\n`,
} );
const deferred = ( id: string, reason: string ) => ( {
	...{ [ `${ spool }/deferred/${ id[ 0 ] }/${ id }` ]: '', ...log( id, reason ) },
} );

const queued = ( id: string, sender: string ) =>
	`{"queue_name": "deferred", "queue_id": "${ id }", "arrival_time": 1, "message_size": 9, "forced_expire": false, "sender": "${ sender }", "recipients": [{"address": "x@b.test"}]}`;

export const queue: Cases = {
	of: [ 'queue' ],
	cases: [
		{ name: 'a server without Postfix has no queue', run: 'queue_size; held_size', prints: '0\n0\n' },
		{
			name: 'what waits is counted in all folders of the queue',
			files: {
				...{
					[ `${ spool }/maildrop/A1` ]: '',
					[ `${ spool }/incoming/A2` ]: '',
					[ `${ spool }/active/A3` ]: '',
				},
				...{ [ `${ spool }/deferred/A/A4` ]: '', [ `${ spool }/hold/A/A5` ]: '' },
			},
			run: 'queue_size; held_size',
			prints: '5\n1\n',
		},
		{
			name: 'the defer log and corrupt mail do not wait',
			files: {
				[ `${ spool }/defer/A/A4` ]: '',
				[ `${ spool }/corrupt/A6` ]: '',
				[ `${ spool }/pid/master.pid` ]: '1',
			},
			run: 'queue_size',
			prints: '0\n',
		},
		{
			name: 'files of the queue are told by their paths',
			files: { [ `${ spool }/deferred/A/A4` ]: '' },
			run: 'queue_files',
			prints: `${ spool }/deferred/A/A4\n`,
		},
		{
			name: 'a message of exim is two files, and counts once',
			files: {
				'/var/spool/exim4/input/1a-H': '',
				'/var/spool/exim4/input/1a-D': '',
				'/var/spool/exim4/input/1a-J': '',
			},
			run: 'former_queue_size',
			prints: '1\n',
		},
		{
			name: 'a message of sendmail counts by its queue file',
			files: { '/var/spool/mqueue/qfA1': '', '/var/spool/mqueue/dfA1': '', '/var/spool/mqueue-client/xfA2': '' },
			run: 'former_queue_size',
			prints: '1\n',
		},
		{
			name: 'messages of nullmailer, dma and OpenSMTPD count, their tools do not',
			files: {
				...{ '/var/spool/nullmailer/queue/1.1': '', '/var/spool/dma/M1': '', '/var/spool/dma/Q1': '' },
				...{ '/var/spool/dma/flush': '', '/var/spool/smtpd/queue/ab/1': '', '/var/spool/dma/M1.lock': '' },
			},
			run: 'former_queue_size',
			prints: '3\n',
		},
		{ name: 'nothing that waits has met nothing', run: 'deferrals' },
		{
			name: 'what waiting mail has met is told with how many have met it',
			files: deferred( 'A1', 'connect to smtp.test[192.0.2.1]:587: Connection refused' ),
			run: 'deferrals | sed "s/ [0-9]* / AT /"',
			prints: '1 AT 0 connect to smtp.test[192.0.2.1]:587: Connection refused\n',
		},
		{
			name: 'ids, times and recipients are no part of what makes two alike',
			files: {
				...deferred( 'A1', 'host x said: 450 4.7.1 <a@b.test>: try in 30 s (id 77)' ),
				...deferred( 'B1', 'host x said: 450 4.7.1 <c@d.test>: try in 900 s (id 12345)' ),
			},
			run: 'deferrals | cut -c 1-2',
			prints: '2 \n',
		},
		{
			name: 'three of four answers are told, the most common first',
			files: {
				...{ ...deferred( 'A1', 'one' ), ...deferred( 'A2', 'one' ), ...deferred( 'B1', 'two' ) },
				...{ ...deferred( 'B2', 'two' ), ...deferred( 'B3', 'two' ), ...deferred( 'C1', 'three' ) },
				...{
					...deferred( 'C2', 'three' ),
					...deferred( 'C3', 'three' ),
					...deferred( 'C4', 'three' ),
					...deferred( 'D1', 'four' ),
				},
			},
			run: 'deferrals | sed "s/ [0-9]* / /"',
			prints: '4 0 three\n3 0 two\n2 0 one\n',
		},
		{
			name: 'notices are told by their ids; a reply that imitates one is text',
			commands: {
				'postqueue -j': [
					'{"queue_name": "deferred", "queue_id": "A1", "arrival_time": 1, "sender": "MAILER-DAEMON"}',
					'{"queue_name": "active", "queue_id": "A2", "arrival_time": 1, "sender": "MAILER-DAEMON"}',
					'{"queue_name": "hold", "queue_id": "A3", "arrival_time": 1, "sender": "a@b.test", "reason": "\\"sender\\": \\"MAILER-DAEMON\\""}',
					'',
				].join( '\n' ),
			},
			run: 'notices',
			prints: 'A1\n',
		},
		{
			name: 'what notices have met is not told',
			files: { ...deferred( 'A1', 'one' ), ...deferred( 'A2', 'two' ), ...deferred( 'A3', 'two' ) },
			run: 'deferrals "A2 A3 " | sed "s/ [0-9]* / /"',
			prints: '1 0 one\n',
		},
		{
			name: 'by its envelope sender a message leaves by a route, or by none',
			files: {
				'/map': 'shop@localhost gw-2:[a.test]:587\n@shop.test gw-2:[a.test]:587\n@b.test gw-13:[b.test]:465\n',
			},
			commands: {
				'postqueue -j': [
					queued( 'A1', 'shop@localhost' ),
					queued( 'A2', 'Info@Shop.test' ),
					queued( 'A3', 'x@b.test' ),
					queued( 'A4', 'x@sub.b.test' ),
					queued( 'A5', 'MAILER-DAEMON' ),
					queued( 'A6', '\\"@shop.test' ),
					'',
				].join( '\n' ),
			},
			run: 'routed "$root/map"; routed "$root/none"',
			prints: 'A1 2\nA2 2\nA3 13\n',
		},
		{
			name: 'the same answer is told for each way out, and many of routes leave room for the gateway’s own',
			files: {
				...{ ...deferred( 'A1', 'one' ), ...deferred( 'A2', 'one' ), ...deferred( 'A3', 'one' ) },
				...{ ...deferred( 'B1', 'one' ), ...deferred( 'C1', 'two' ), ...deferred( 'C2', 'two' ) },
			},
			run: 'deferrals "" "$(printf "A1 1\nA2 1\nA3 2\n")" | sed "s/ [0-9]* / /" | sort',
			prints: '1 0 one\n1 2 one\n2 0 two\n2 1 one\n',
		},
		{
			name: 'the log of a message that is gone, or waits under another id, tells nothing',
			files: { ...deferred( 'A1', 'one' ), ...log( 'A2', 'two' ), [ `${ spool }/hold/A/A3` ]: '' },
			run: 'deferrals | sed "s/ [0-9]* / /"',
			prints: '1 0 one\n',
		},
		{
			name: 'a defer log without a reason tells nothing',
			files: { [ `${ spool }/defer/A/A1` ]: 'recipient=a@b.test\n' },
			run: 'deferrals',
		},
	],
};
