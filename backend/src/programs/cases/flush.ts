// Only for tests
import type { Case, Cases } from './case.ts';

const spool = '/var/spool/postfix';
const log = '/var/log/mail.log';
const lists = '/var/lib/email-gateway/waiting';
const json = ( id: string, arrival: number, queue = 'deferred' ) =>
	`{"queue_name": "${ queue }", "queue_id": "${ id }", "arrival_time": ${ arrival }, "message_size": 1}\n`;
const accepted = ( id: string ) => `Nov 1 1:1:1 s1 postfix/smtp[3]: ${ id }: to=<a@b.test>, status=sent (250 ok)\n`;

const tries = ( name: string, choice: string, more: Partial< Case > ): Case => ( {
	name,
	stdin: `3\n${ choice }\n86400\n`,
	...more,
	files: { [ log ]: '', '/run/': '', ...more.files },
	commands: { 'postconf -h maillog_file': log, 'postqueue -f': 0, ...more.commands },
	run: more.run ?? 'main',
} );
const old = { files: { [ `${ spool }/deferred/9/9F1A2B` ]: '' }, commands: { 'postqueue -j': json( '9F1A2B', 1 ) } };
/** Postfix delivers what it is asked to try. */
const delivers = `postqueue() { [ "$1" = -j ] || { rm -f "$spool"/deferred/*/*; printf '%s' '${ accepted(
	'9F1A2B'
) }' >>"$root${ log }"; }; }; main`;

export const flush: Cases = {
	of: { program: 'flush' },
	cases: [
		tries( 'nothing that waits is nothing to do', 'leave', {
			prints: 'waited 0\nended 0 0\n',
			calls: [ 'postqueue -j' ],
		} ),
		tries( 'what waits is tried, and counted once the provider has taken it', 'leave', {
			files: old.files,
			run: delivers,
			prints: 'waited 1\nended 1 0\n',
		} ),
		tries( 'what left without the provider’s word is not delivered', 'leave', {
			files: old.files,
			run: 'postqueue() { [ "$1" = -j ] || rm -f "$spool"/deferred/*/*; }; main',
			prints: 'waited 1\nended 0 0\n',
		} ),
		tries( 'what the provider has taken before we began does not count', 'leave', {
			files: { ...old.files, [ log ]: accepted( '9F1A2B' ) },
			run: 'postqueue() { [ "$1" = -j ] || rm -f "$spool"/deferred/*/*; }; main',
			prints: 'waited 1\nended 0 0\n',
		} ),
		tries( 'what stays is told as waiting', 'leave', {
			files: old.files,
			run: 'seconds=0; date() { command date "$@"; }; main',
			stdin: '0\nleave\n86400\n',
			prints: 'waited 1\nended 0 1\n',
		} ),
		tries( 'where older mail waits it is asked first, and nothing is tried', 'ask', {
			...old,
			prints: 'older 1\nended 0 1\n',
			calls: [ 'postqueue -j' ],
		} ),
		tries( 'where no older mail waits all is tried', 'ask', {
			files: old.files,
			commands: { 'postqueue -j': json( '9F1A2B', 9_999_999_999 ) },
			stdin: '0\nask\n86400\n',
			prints: 'older 0\nwaited 1\nended 0 1\n',
			calls: [ 'postqueue -j', 'postqueue -f' ],
		} ),
		tries( 'older mail is held where that was chosen', 'hold', {
			...old,
			stdin: '0\nhold\n86400\n',
			prints: 'older 1\nwaited 1\nended 0 1\n',
			leaves: { [ `${ lists }/older` ]: '9F1A2B\n' },
			calls: [ 'postqueue -j', 'postsuper -h -', 'postqueue -f' ],
		} ),
		tries( 'what others hold is no older mail', 'ask', {
			commands: { 'postqueue -j': json( '9F1A2B', 1, 'hold' ) },
			prints: 'older 0\nwaited 0\nended 0 0\n',
		} ),
		tries( 'what we hold is older mail', 'ask', {
			files: { [ `${ lists }/paced` ]: '9F1A2B\n' },
			commands: { 'postqueue -j': json( '9F1A2B', 1, 'hold' ) },
			prints: 'older 1\nended 0 1\n',
		} ),
		tries( 'mail that was chosen to stay is older however often it was tried', 'ask', {
			files: { [ `${ lists }/older` ]: '9F1A2B\n' },
			commands: { 'postqueue -j': json( '9F1A2B', 9_999_999_999, 'hold' ) },
			prints: 'older 1\nended 0 1\n',
		} ),
		tries( 'an address that looks like a message is none', 'ask', {
			commands: { 'postqueue -j': `{"queue_name": "x", "sender": "\\${ json( '9F1A2B', 1 ).trim() }"}\n` },
			prints: 'older 0\nwaited 0\nended 0 0\n',
		} ),
		tries( 'held for the provider’s sake is let go, and older mail with it', 'deliver', {
			files: { ...old.files, [ `${ lists }/paced` ]: '8E1A2B\n', [ `${ lists }/older` ]: '7D1A2B\n' },
			stdin: '0\ndeliver\n86400\n',
			prints: 'waited 1\nended 0 1\n',
			leaves: { [ `${ lists }/paced` ]: null, [ `${ lists }/older` ]: '' },
			calls: [ 'postqueue -j', 'postsuper -H -', 'postsuper -r -', 'postkick public pickup W', 'postqueue -f' ],
		} ),
		tries( 'logins that were refused are tried again', 'leave', {
			files: { ...old.files, '/var/lib/postfix/email_gateway_logins.db': '' },
			commands: { 'postfix reload': 0 },
			stdin: '0\nleave\n86400\n',
			prints: 'waited 1\nended 0 1\n',
			leaves: { '/var/lib/postfix/email_gateway_logins.db': null },
			calls: [ 'postqueue -j', 'postfix reload', 'postqueue -f' ],
		} ),
		tries( 'another choice is refused', 'all', { code: 64 } ),
		tries( 'seconds that are none are refused', 'leave', { stdin: 'x\nleave\n1\n', code: 64 } ),
	],
};
