// Only for tests
import type { Case, Cases } from './case.ts';

const base64 = ( text: string ) => Buffer.from( text ).toString( 'base64' );
const state = '/var/lib/email-gateway';
const here = `${ state }/job.j1`;

/** A run whose folder is there; what it reports is in its log and result. */
const inRun = ( name: string, run: string, more: Partial< Case > ): Case => ( {
	name,
	...more,
	files: {
		[ `${ here }/log` ]: '',
		[ `${ here }/room` ]: 'x',
		'/run/email-gateway/payload': 'a 1\nb  two words \nc dGhyZWU=\nb x\n',
		...more.files,
	},
	run: `job=j1; here=$state/job.$job; log=$here/log; saved_queue=; give_up_room() { :; }; full_place() { :; }; ${ run }`,
} );

export const report: Cases = {
	of: [ 'report', 'words', 'disk' ],
	cases: [
		inRun( 'a value of the payload is the rest of its line', 'word b; word a; word d', {
			prints: ' two words \n1\n',
		} ),
		inRun( 'a value in base64 is decoded', 'decoded c', { prints: 'three' } ),
		inRun( 'details are pairs, values in base64', 'details free 1 said "a b"', {
			prints: ` free ${ base64( '1' ) } said ${ base64( 'a b' ) }`,
		} ),
		inRun( 'a detail without a value is left out', 'details lonely', {} ),
		inRun( 'of a long detail the end is told', `details said "$(printf '%0700d' 7)"`, {
			prints: new RegExp( `^ said ${ base64( '0'.repeat( 597 ) ) }` ),
		} ),
		inRun( 'steps are numbered', 'begin snapshot; finish; begin packages; finish added "a b"', {
			leaves: {
				[ `${ here }/log` ]: `1 started snapshot\n2 finished snapshot\n3 started packages\n4 finished packages added ${ base64(
					'a b'
				) }\n`,
			},
		} ),
		inRun( 'a run that ends tells its result, and takes its payload with it', "result 'done' restored exim4", {
			leaves: {
				[ `${ here }/result` ]: `result done restored ${ base64( 'exim4' ) }\n`,
				'/run/email-gateway': null,
				[ `${ here }/room` ]: null,
			},
		} ),
		inRun( 'a result tells where mail was saved', "saved_queue=/saved; result 'done'", {
			leaves: { [ `${ here }/result` ]: `result done savedQueue ${ base64( '/saved' ) }\n` },
		} ),
		inRun(
			'folders of runs of a week ago go, the own one stays',
			`touch -d '8 days ago' "$state/job.old" "$here"; result 'done'`,
			{
				files: { [ `${ state }/job.old/log` ]: '', [ `${ state }/job.new/log` ]: '' },
				leaves: { [ `${ state }/job.old` ]: null, [ `${ state }/job.new` ]: '', [ here ]: '' },
			}
		),
		inRun( 'a failure before anything changed changes nothing', 'begin snapshot; fail verify_failed reason x', {
			leaves: {
				[ `${ here }/log` ]: `1 started snapshot\n2 failed snapshot reason ${ base64( 'x' ) }\n`,
				[ `${ here }/result` ]: `result failed verify_failed nothing reason ${ base64( 'x' ) }\n`,
			},
		} ),
		inRun(
			'a failure gives back what was changed',
			'restore() { return 0; }; begin service; fail postfix_did_not_start',
			{
				files: { [ `${ state }/undo/tree/x` ]: '' },
				leaves: {
					[ `${ here }/log` ]: '1 started service\n2 failed service\n3 started undo\n4 finished undo\n',
					[ `${ here }/result` ]: 'result failed postfix_did_not_start undone\n',
					[ `${ state }/undo` ]: null,
				},
			}
		),
		inRun(
			'what cannot be given back is told, and no password stays behind',
			'restore_problem=packages; restore() { return 1; }; fail verify_failed',
			{
				files: { [ `${ state }/undo/tree/x` ]: '', '/etc/postfix/gateway-1/sasl_passwd': 'secret' },
				leaves: {
					[ `${ here }/log` ]: `1 started undo\n2 failed undo reason ${ base64( 'packages' ) }\n`,
					[ `${ here }/result` ]: `result failed undo_incomplete unknown reason ${ base64(
						'packages'
					) } output \n`,
					[ `${ state }/undo` ]: '',
					'/etc/postfix/gateway-1/sasl_passwd': null,
				},
			}
		),
		inRun(
			'the password of a gateway that was there before stays',
			'restore_problem=x; restore() { return 1; }; fail verify_failed',
			{
				files: {
					[ `${ state }/undo/tree/x` ]: '',
					[ `${ state }/origin/x` ]: '',
					'/etc/postfix/gateway-1/sasl_passwd': 'secret',
				},
				leaves: { '/etc/postfix/gateway-1/sasl_passwd': 'secret' },
			}
		),
		inRun(
			'on a full disk a failure is told as that',
			'full_place() { echo where /var freeKib 1; }; fail verify_failed reason x',
			{
				leaves: {
					[ `${ here }/result` ]: `result failed disk_full nothing where ${ base64(
						'/var'
					) } freeKib ${ base64( '1' ) }\n`,
				},
			}
		),
		inRun(
			'mail that waits is told as that, also on a full disk',
			'full_place() { echo where /var; }; fail mail_waiting waiting 3',
			{
				leaves: { [ `${ here }/result` ]: `result failed mail_waiting nothing waiting ${ base64( '3' ) }\n` },
			}
		),
		inRun(
			'a run that is told to stop gives everything back at its next step',
			'begin packages; echo not reached',
			{
				files: { [ `${ here }/cancel` ]: '' },
				leaves: { [ `${ here }/result` ]: 'result cancelled nothing\n', [ `${ here }/log` ]: '' },
			}
		),
		inRun( 'a command that works leaves no words', 'heard echo fine; last_output', { prints: 'fine\n' } ),
		inRun(
			'of a command that fails its own words are told',
			`heard sh -c 'echo Reading; echo "E: broken"; exit 100'; last_output`,
			{
				prints: 'Reading\nE: broken\nE: broken',
			}
		),
		inRun(
			'without a complaint the end of what it said is told',
			`heard sh -c 'echo one; echo two; exit 1'; last_output`,
			{
				prints: 'one\ntwo\none\ntwo\n'.trim(),
			}
		),
		inRun( 'the exit code of a command is kept', 'heard sh -c "exit 7"', { code: 7 } ),
		inRun( 'where no command was heard the output of the step is told', 'step_from=5; last_output', {
			files: { [ `${ here }/output` ]: 'old \nmv: cannot stat x\n' },
			prints: 'mv: cannot stat x',
		} ),
		inRun(
			'what debconf and dpkg chatter is left out',
			`heard sh -c 'echo "debconf: delaying"; echo "(Reading database"; echo "dpkg: error"; exit 1' >/dev/null; last_output`,
			{
				prints: 'dpkg: error',
			}
		),
	],
};
