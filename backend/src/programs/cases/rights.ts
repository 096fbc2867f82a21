// Only for tests
import type { Case, Cases } from './case.ts';

const spool = '/var/spool/postfix';
const programs = { '/usr/sbin/postdrop': '', '/usr/sbin/postqueue': '' };
const nobodyElses = { 'find *': 'it', 'chown *': 0 };
/** Who owns files cannot be tried without root: `find` says that a path is as it should be, by printing it. */
const given = ( name: string, files: Case[ 'files' ], commands: Case[ 'commands' ], calls: string ): Case => ( {
	name,
	files: { ...programs, ...files },
	// the first that matches answers
	commands: { ...commands, 'chown *': 0, 'chmod *': 0, 'find *': commands?.[ 'find *' ] ?? '' },
	run: 'give_rights; echo "ended with $?"; sed -n "s#$root##g;/^ch/p" "$calls"',
	prints: `ended with 0\n${ calls }`,
} );

export const rights: Cases = {
	of: [ 'rights', 'give-rights' ],
	cases: [
		given( 'rights that are as they should be are left alone', {}, nobodyElses, '' ),
		given(
			'programs that lost their group get it back, and then its bits, which a change of owner takes away',
			{},
			{},
			'chown root:postdrop /usr/sbin/postdrop\nchmod 2555 /usr/sbin/postdrop\n' +
				'chown root:postdrop /usr/sbin/postqueue\nchmod 2555 /usr/sbin/postqueue\n'
		),
		given(
			'only the one that lost them is changed',
			{},
			{ 'find *postdrop -maxdepth *': 'it' },
			'chown root:postdrop /usr/sbin/postqueue\nchmod 2555 /usr/sbin/postqueue\n'
		),
		given(
			'the folders that sites hand mail over by are of postfix and postdrop',
			{ [ `${ spool }/maildrop/` ]: '', [ `${ spool }/public/` ]: '' },
			{ 'find *sbin*': 'it' },
			`chown postfix:postdrop ${ spool }/maildrop\nchmod 1730 ${ spool }/maildrop\n` +
				`chown postfix:postdrop ${ spool }/public\nchmod 2710 ${ spool }/public\n`
		),
		given(
			'what lies in private keeps its owners: the folder alone is given',
			{ [ `${ spool }/private/smtp` ]: '' },
			nobodyElses,
			`chown postfix ${ spool }/private\n`
		),
		{
			name: 'an owner that cannot be given is no success',
			files: programs,
			commands: { 'find *': '', 'chown *': 1 },
			run: 'give_rights',
			code: 1,
		},
		{
			name: 'what lost its owner is named as it is on the server, once each',
			files: { ...programs, [ `${ spool }/active/` ]: '', [ `${ spool }/maildrop/` ]: '' },
			commands: { 'find *': '', 'stat -c %U *': 'root\n' },
			run: 'lost_rights',
			prints: `/usr/sbin/postdrop\n/usr/sbin/postqueue\n${ spool }/maildrop\n${ spool }/active\n`,
		},
		{
			name: 'where nothing lost its owner nothing is named',
			files: { ...programs, [ `${ spool }/active/` ]: '', [ `${ spool }/public/` ]: '' },
			commands: { 'find *': 'it', 'stat -c %U *': 'postfix\n' },
			run: 'lost_rights',
		},
	],
};
