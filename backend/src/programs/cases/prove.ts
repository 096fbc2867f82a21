// Only for tests
import type { Case, Cases } from './case.ts';

const head = 'Nov 23 22:41:21 s1 postfix';
const ours = [
	`${ head }/pickup[1]: 9F1A2B: uid=65534 from=<me@a.test>`,
	`${ head }/cleanup[2]: 9F1A2B: message-id=<token@a.test>`,
];
const sent = `${ head }/smtp[3]: 9F1A2B: to=<you@b.test>, relay=x, status=sent (250 ok)`;
const log = '/var/log/mail.log';

/** What is read on standard input, as that user. */
const as = ( uid: string ) => ( { stdin: `me@a.test\nyou@b.test\ntoken@a.test\n${ uid }\nSubject: x\n\nx\n` } );
const ofSite = ours.map( ( line ) => line.replace( '65534', '2001' ) );
const passwd = { 'getent passwd 2001': 'site-1:x:2001:2002::/home/site-1:/bin/bash' };

/** sendmail whose message Postfix logs like this. */
const proves = (
	name: string,
	lines: readonly string[],
	wanted: string | RegExp,
	more: Partial< Case > = {}
): Case => ( {
	name,
	files: { [ log ]: 'earlier line\n', '/run/': '', '/lines': `${ lines.join( '\n' ) }\n`, ...more.files },
	commands: {
		'postconf -h maillog_file': log,
		'id -u www-data': 1,
		'id -u nobody': '65534',
		'id -g nobody': '65534',
		...more.commands,
	},
	// what is handed to sendmail comes into the log
	run: `setpriv() { cat >/dev/null; cat "$root/lines" >>"$root${ log }"; }; stat() { command stat "$@"; }; patience=4; main | sed 's/^\\(submitted 0\\) [0-9]*/\\1 MS/'`,
	stdin: more.stdin ?? 'me@a.test\nyou@b.test\ntoken@a.test\n\nSubject: x\n\nx\n',
	prints: wanted,
	...( more.run ? { run: more.run } : {} ),
	...( more.code === undefined ? {} : { code: more.code } ),
	...( more.leaves ? { leaves: more.leaves } : {} ),
} );

export const prove: Cases = {
	of: { program: 'prove' },
	cases: [
		proves(
			'a message that the provider takes is told line by line',
			[ ...ours, sent ],
			[
				'submitted 0 MS 65534',
				'message 9F1A2B',
				...[ ...ours, sent ].map( ( line ) => `line ${ line }` ),
				'end answered',
				'',
			].join( '\n' )
		),
		proves(
			'lines of other messages stay on the server',
			[
				`${ head }/pickup[1]: 8E1A2B: uid=33 from=<other@a.test>`,
				`${ head }/cleanup[2]: 8E1A2B: message-id=<other@a.test>`,
				...ours,
				`${ head }/smtp[3]: 8E1A2B: to=<secret@c.test>, status=sent (250 ok)`,
				sent,
			],
			/^(?![^]*(other|secret))[^]*end answered\n$/
		),
		proves(
			'connections before our message stay there, those after it are told',
			[ `${ head }/smtp[3]: connect to before.test`, ...ours, `${ head }/smtp[3]: connect to after.test`, sent ],
			/^(?![^]*before)[^]*connect to after[^]*end answered\n$/
		),
		proves(
			'a message of another user with our Message-ID is not ours',
			[ ours[ 0 ]?.replace( '65534', '33' ) ?? '', ours[ 1 ] ?? '', sent ],
			/^submitted 0 MS 65534\nline [^]*end unseen\n$/
		),
		proves(
			'a message with our Message-ID that came over the network is not ours',
			[ `${ head }/smtpd[1]: 9F1A2B: client=x`, ours[ 1 ] ?? '', sent ],
			/^(?![^]*\nmessage)[^]*end unseen\n$/
		),
		proves(
			'a Message-ID that only contains ours is another',
			[ ours[ 0 ] ?? '', ( ours[ 1 ] ?? '' ).replace( '<token', '<x token' ), sent ],
			/^(?![^]*\nmessage)[^]*end unseen\n$/
		),
		proves(
			'where two messages have our Message-ID, that of our user is ours, though the other came first',
			[ ...ours.map( ( line ) => line.replace( '9F1A2B', '7D1A2B' ).replace( '65534', '33' ) ), ...ours, sent ],
			/\nmessage 9F1A2B\n[^]*end answered\n$/
		),
		proves(
			'whoever else sends our Message-ID is told',
			[
				...ours,
				`${ head }/smtpd[9]: 7D1A2B: client=evil`,
				`${ head }/cleanup[2]: 7D1A2B: message-id=<token@a.test>`,
				sent,
			],
			/\nline [^\n]*7D1A2B: client=evil\nline [^\n]*7D1A2B: message-id/
		),
		proves(
			'what local forwards with our Message-ID is no other',
			[ ...ours, `${ head }/cleanup[2]: 7D1A2B: message-id=<token@a.test>`, sent ],
			/^(?![^]*7D1A2B)/
		),
		proves(
			'a delivery to another recipient is no answer',
			[ ...ours, sent.replace( 'you@', 'another@' ) ],
			/\nend gone\n$/
		),
		proves( 'a message that lies in the queue waits', ours, /\nend waiting\n$/, {
			files: { '/var/spool/postfix/active/9F1A2B': '' },
		} ),
		proves( 'a message that nobody knows of is unseen', [ 'x' ], 'submitted 0 MS 65534\nend unseen\n' ),
		proves( 'a provider that takes a connection and says nothing is silent', [ ...ours ], /\nend silent\n$/, {
			files: { '/var/spool/postfix/active/9F1A2B': '' },
			commands: {
				'ss *': 'ESTAB 0 0 10.0.0.1:1 10.0.0.2:587 users:(("smtp",pid=1,fd=1)) cubic lastrcv:25000 x\n',
			},
		} ),
		proves( 'a provider that has said something is not silent', [ ...ours ], /\nend waiting\n$/, {
			files: { '/var/spool/postfix/active/9F1A2B': '' },
			commands: {
				'ss *': 'ESTAB 0 0 10.0.0.1:1 10.0.0.2:587 users:(("smtp",pid=1,fd=1)) bytes_received:9 lastrcv:25000 x\n',
			},
		} ),
		proves(
			'what was put off is asked for again, once',
			[ ...ours, sent.replace( 'sent (250 ok)', 'deferred (delivery temporarily suspended: x)' ) ],
			/\nend put_off\n$/,
			{
				commands: { 'postqueue -i 9F1A2B': 0 },
			}
		),
		proves(
			'a refused login that is remembered is forgotten, and asked for again',
			[ ...ours, sent.replace( 'sent (250 ok)', 'deferred (SASL [CACHED] authentication failed; x)' ) ],
			/\nend cached\n$/,
			{
				files: { '/var/lib/postfix/email_gateway_logins.db': '' },
				commands: { 'postqueue -i 9F1A2B': 0, 'postfix reload': 0 },
			}
		),
		proves(
			'TLS of a connection from before is told as earlier',
			[ ...ours, sent ],
			/^earlier [^\n]*TLS connection established to x/,
			{
				files: {
					[ log ]: `${ head }/smtp[3]: Verified TLS connection established to x[192.0.2.1]:587: TLSv1.3\n`,
				},
			}
		),
		proves(
			'a message is sent as the Unix user that was chosen, with nothing of that user and nothing of root around it',
			[ ...ofSite, sent ],
			/^submitted 0 MS 2001\nmessage 9F1A2B\n[^]*end answered\n$/,
			{
				...{ ...as( '2001' ), commands: passwd },
				run: `setpriv() { echo "$*" | sed 's/PATH=[^ ]*/PATH/' >"$root/called"; pwd >>"$root/called"; cat >/dev/null; cat "$root/lines" >>"$root${ log }"; }; stat() { command stat "$@"; }; patience=4; main | sed 's/^\\(submitted 0\\) [0-9]*/\\1 MS/'`,
				leaves: {
					'/called':
						'--reuid=2001 --regid=2002 --clear-groups -- env -i PATH sendmail -i -f me@a.test -- you@b.test\n/\n',
				},
			}
		),
		proves(
			'where it was sent as a site, one of the web server with our Message-ID is not ours',
			[ ...ofSite.map( ( line ) => line.replace( '2001', '33' ) ), sent ],
			/^submitted 0 MS 2001\nline [^]*end unseen\n$/,
			{ ...as( '2001' ), commands: passwd }
		),
		proves( 'as a user that is not there nothing is sent', [], 'no_user\n', {
			...{ ...as( '2001' ), commands: { 'getent passwd 2001': 2 } },
		} ),
		...[ '0', '00', '-1', '1 2', 'root' ].map( ( uid ) =>
			proves( `nothing is sent as “${ uid }”`, [], '', {
				...{ ...as( uid ), code: 64 },
				run: 'main',
			} )
		),
		...[ 'hold: header Received: by s1', 'milter-hold: END-OF-MESSAGE from localhost[127.0.0.1]' ].map( ( hold ) =>
			proves(
				`nobody waits for a message that is held: ${ hold }`,
				[ ...ours, `${ head }/cleanup[2]: 9F1A2B: ${ hold }: x; from=<me@a.test> to=<you@b.test>` ],
				/\nline [^\n]*hold: [^]*\nend held\n$/
			)
		),
		proves( 'without a log of Postfix nothing is sent', [], 'no_log\n', {
			commands: { 'postconf -h maillog_file': '' },
		} ),
		proves( 'a log that is no file is none', [], 'no_log\n', {
			commands: { 'postconf -h maillog_file': '/dev' },
			files: { '/dev/': '' },
		} ),
		proves( 'what sendmail says where it refuses is told', [], 'submitted 75 MS 65534\nsaid postdrop: no\n', {
			run: `setpriv() { cat >/dev/null; echo "postdrop: no"; return 75; }; (main) | sed 's/^\\(submitted 75\\) [0-9]*/\\1 MS/'`,
		} ),
		proves(
			'an address whose local part is quoted by Postfix is found',
			[ ...ours, sent.replace( 'you@b.test', '"a..b"@b.test' ) ],
			/\nend answered\n$/,
			{}
		),
	],
};
const last = prove.cases.at( -1 );
if ( last ) {
	last.stdin = 'me@a.test\na..b@b.test\ntoken@a.test\n\n\n';
}
