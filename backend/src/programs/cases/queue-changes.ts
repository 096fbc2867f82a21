// Only for tests
import type { Case, Cases } from './case.ts';

const spool = '/var/spool/postfix';
const lists = '/var/lib/email-gateway/waiting';
const head = ( id: string, queue: string, arrival: number ) =>
	`{"queue_name": "${ queue }", "queue_id": "${ id }", "arrival_time": ${ arrival }, "message_size": 321, `;
const message = ( id: string, queue: string, more: string, arrival = 1000 ) =>
	`${ head( id, queue, arrival ) }"forced_expire": false, ${ more }\n`;
const unpack =
	'main | while read -r name value; do case $name in queue_bytes) echo "$value" | base64 -d | gzip -dc ;; *) echo "$name $value" ;; esac; done';

export const readQueue: Cases = {
	of: { program: 'read-queue' },
	cases: [
		{
			name: 'an empty queue is told as that',
			files: { '/run/': '' },
			commands: { 'postqueue -j': '' },
			stdin: '10\n',
			run: unpack,
			prints: 'queue_total 0\nend \n',
		},
		{
			name: 'a message is told with its sender, the first reason, and how many recipients it has',
			files: { '/run/': '', [ `${ lists }/paced` ]: 'B2B2B2\n' },
			commands: {
				'postqueue -j':
					message(
						'A1A1A1',
						'deferred',
						'"sender": "a@b.test", "recipients": [{"address": "x@y.test", "delay_reason": "host z said: \\"no\\""}, {"address": "v@y.test", "delay_reason": "later"}]}'
					) +
					message( 'B2B2B2', 'hold', '"sender": "MAILER-DAEMON", "recipients": [{"address": "x@y.test"}]}' ),
			},
			stdin: '10\n',
			run: unpack,
			prints: [
				'A1A1A1 deferred 1000 321 2 0\ta@b.test", "recipients": [{"address": "x@y.test", "delay_reason": "host z said: \\"no\\""}, {"address": "v@y.test", "delay_reason": "later"}]}\thost z said: \\"no\\""}, {"address": "v@y.test", "delay_reason": "later"}]}',
				'B2B2B2 hold 1000 321 1 1\tMAILER-DAEMON", "recipients": [{"address": "x@y.test"}]}\t',
				'queue_total 2\nend \n',
			].join( '\n' ),
		},
		{
			name: 'no more are listed than was asked for, and all are counted',
			files: { '/run/': '' },
			commands: {
				'postqueue -j': [ 'A1A1A1', 'A2A2A2', 'A3A3A3' ].map( ( id ) => message( id, 'hold', '}' ) ).join( '' ),
			},
			stdin: '1\n',
			run: `${ unpack } | cut -c 1-12`,
			prints: 'A1A1A1 hold \nqueue_total \nend \n',
		},
		{
			name: 'a line that is no message of the queue counts as none',
			files: { '/run/': '' },
			commands: { 'postqueue -j': 'postqueue: fatal: {"queue_name": "hold", "queue_id": "A1A1A1"\n' },
			stdin: '10\n',
			run: unpack,
			prints: 'queue_total 0\nend \n',
		},
		{ name: 'a number of messages that is none is refused', stdin: 'all\n', run: 'main', code: 64 },
	],
};

const changes = ( name: string, action: string, ids: string[], more: Partial< Case > ): Case => ( {
	name,
	stdin: `${ action }\n${ ids.join( '\n' ) }\n`,
	run: 'main',
	...more,
	files: { '/run/': '', ...more.files },
	commands: { 'postkick *': 0, ...more.commands },
} );
const inQueue = ( ...places: string[] ) =>
	Object.fromEntries( places.map( ( place ) => [ `${ spool }/${ place }`, '' ] ) );
/** A postsuper that does what it is told to all ids but those that are gone. */
const does = ( words: string ) =>
	`postsuper() { echo "postsuper $*" >>"$calls"; sed 's/.*/postsuper: &: ${ words }/' >&2; }; main`;

export const changeQueue: Cases = {
	of: { program: 'change-queue' },
	cases: [
		changes( 'a message is held by its id, and one that has left is counted', 'hold', [ 'A1A1A1', 'B2B2B2' ], {
			files: inQueue( 'deferred/A/A1A1A1' ),
			run: does( 'placed on hold' ),
			prints: 'changed 1\ngone 1\nend\n',
			calls: [ 'postsuper -h -' ],
		} ),
		changes( 'what the gateway holds for the provider is held by a person from then on', 'hold', [ 'A1A1A1' ], {
			files: { ...inQueue( 'hold/A/A1A1A1' ), [ `${ lists }/paced` ]: 'A1A1A1\nC3C3C3\n' },
			prints: 'changed 1\ngone 0\nend\n',
			leaves: { [ `${ lists }/paced` ]: 'C3C3C3\n' },
			calls: [],
		} ),
		changes( 'what is held already stays so, and is not counted', 'hold', [ 'A1A1A1' ], {
			files: inQueue( 'hold/A/A1A1A1' ),
			prints: 'changed 0\ngone 0\nend\n',
			calls: [],
		} ),
		changes( 'a held message is let go, and the queue looked through at once', 'release', [ 'A1A1A1' ], {
			files: { ...inQueue( 'hold/A/A1A1A1' ), [ `${ lists }/older` ]: 'A1A1A1\n' },
			commands: { 'postqueue -j': message( 'A1A1A1', 'hold', '}', 9_999_999_999 ) },
			run: does( 'released from hold' ),
			prints: 'changed 1\ngone 0\nend\n',
			leaves: { [ `${ lists }/older` ]: '' },
			calls: [ 'postqueue -j', 'postsuper -H -', 'postkick public qmgr FD' ],
		} ),
		changes( 'one that was held for a week is let go with a new time in the queue', 'release', [ 'A1A1A1' ], {
			files: inQueue( 'hold/A/A1A1A1' ),
			commands: { 'postqueue -j': message( 'A1A1A1', 'hold', '}' ) },
			run: does( 'requeued' ),
			prints: 'changed 1\ngone 0\nend\n',
			calls: [ 'postqueue -j', 'postsuper -r -', 'postkick public pickup W' ],
		} ),
		changes( 'what is not held is not let go', 'release', [ 'A1A1A1' ], {
			files: inQueue( 'deferred/A/A1A1A1' ),
			prints: 'changed 0\ngone 0\nend\n',
			calls: [ 'postqueue -j' ],
		} ),
		changes( 'a message is deleted by its id, never all', 'delete', [ 'A1A1A1', 'B2B2B2', 'C3C3C3' ], {
			files: inQueue( 'deferred/A/A1A1A1', 'hold/B/B2B2B2' ),
			run: does( 'removed' ),
			prints: 'changed 2\ngone 1\nend\n',
			calls: [ 'postsuper -d -' ],
		} ),
		changes( 'one that left while it was to be deleted is not said to be', 'delete', [ 'A1A1A1' ], {
			files: inQueue( 'deferred/A/A1A1A1' ),
			run: 'postsuper() { cat >/dev/null; }; main',
			prints: 'changed 0\ngone 0\nend\n',
		} ),
		changes( 'what waits is due at once; what a person holds stays', 'retry', [ 'A1A1A1', 'B2B2B2', 'C3C3C3' ], {
			files: {
				...inQueue( 'deferred/A/A1A1A1', 'hold/B/B2B2B2', 'hold/C/C3C3C3' ),
				[ `${ lists }/paced` ]: 'C3C3C3\n',
			},
			run: `touch -d '1 hour ago' $spool/deferred/A/A1A1A1; ${ does(
				'released from hold'
			) }; find $spool/deferred -type f -newermt '1 minute ago' | wc -l`,
			prints: 'changed 2\ngone 0\nend\n1\n',
			leaves: { [ `${ lists }/paced` ]: '' },
			calls: [ 'postsuper -H -', 'postkick public qmgr FD' ],
		} ),
		changes( 'what is no id is refused, and nothing done', 'delete', [ 'A1A1A1', 'ALL' ], {
			files: inQueue( 'deferred/A/A1A1A1' ),
			code: 64,
			calls: [],
		} ),
		changes( 'an id with something after it is refused', 'delete', [ 'A1A1A1 deferred' ], { code: 64, calls: [] } ),
		changes( 'no id at all is refused', 'delete', [], { stdin: 'delete\n', code: 64, calls: [] } ),
		changes( 'another thing to do is refused', 'requeue', [ 'A1A1A1' ], { code: 64, calls: [] } ),
	],
};
