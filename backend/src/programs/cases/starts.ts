// Only for tests
import { createHash } from 'node:crypto';
import type { Case, Cases } from './case.ts';

const state = '/var/lib/email-gateway';
const payload = `worker ${ Buffer.from( 'exit 0\n' ).toString( 'base64' ) }\n`;
const head = ( job: string, text = payload ) =>
	`${ job } ${ text.length } ${ createHash( 'sha256' ).update( text ).digest( 'hex' ) }\n`;
/** A worker that ends at once with its result. */
const worker = `setsid() { printf '1 started commit\\n' >>"$here/log"; echo 'result done' >"$here/result"; }`;

const starts = ( name: string, more: Partial< Case > ): Case => ( {
	name,
	stdin: head( 'j1' ) + payload,
	...more,
	files: { '/run/': '', ...more.files },
	run: more.run ?? `${ worker }; main`,
} );

export const start: Cases = {
	of: { program: 'start' },
	cases: [
		starts( 'a run is started with its whole payload, and followed to its end', {
			prints: '1 started commit\nresult done\n',
			leaves: {
				'/run/email-gateway/payload': payload,
				'/run/email-gateway/worker.sh': 'exit 0\n',
				[ `${ state }/owner` ]: 'j1',
			},
		} ),
		starts( 'a payload that was cut off starts nothing', {
			stdin: head( 'j1' ) + payload.slice( 0, -5 ),
			prints: 'refused incomplete\n',
			leaves: { '/run/email-gateway': null, [ state ]: null },
		} ),
		starts( 'a payload with another digest starts nothing', {
			stdin: head( 'j1', payload.replace( 'worker', 'wOrker' ) ) + payload,
			prints: 'refused incomplete\n',
			leaves: { '/run/email-gateway': null },
		} ),
		starts( 'what an earlier run left is gone before the next', {
			files: { '/run/email-gateway/secret': 'x', [ `${ state }/room` ]: 'x' },
			prints: /^1 started/,
			leaves: { '/run/email-gateway/secret': null, [ `${ state }/room` ]: null },
		} ),
		starts( 'a run that has ended is told again, and starts nothing', {
			files: {
				[ `${ state }/job.j1/log` ]: '1 started commit\n',
				[ `${ state }/job.j1/result` ]: 'result done\n',
			},
			prints: '1 started commit\nresult done\n',
			leaves: { '/run/email-gateway': null },
		} ),
		starts( 'while another run goes on it is busy', {
			files: { [ `${ state }/owner` ]: 'j0', '/run/email-gateway.lock': '' },
			run: 'exec 7>>"$root/run/email-gateway.lock"; flock -n 7; lock_patience=0.1; main',
			prints: 'busy j0\n',
			leaves: { '/run/email-gateway': null },
		} ),
		starts( 'while a run of a former version goes on it is busy', {
			files: { [ `${ state }/owner` ]: 'j0', [ `${ state }/lock` ]: '' },
			run: 'exec 7>>"$state/lock"; flock -n 7; lock_patience=0.1; main',
			prints: 'busy j0\n',
		} ),
		starts( 'the same run of a former version is followed', {
			files: {
				[ `${ state }/owner` ]: 'j1',
				[ `${ state }/lock` ]: '',
				[ `${ state }/job.j1/log` ]: '1 started commit\n',
			},
			run: 'exec 7>>"$state/lock"; flock -n 7; lock_patience=0.1; is_over_within() { echo "result done" >"$here/result"; return 0; }; main',
			prints: '1 started commit\nresult done\n',
		} ),
		starts( 'a run that was killed is interrupted', {
			files: { [ `${ state }/owner` ]: 'j1', [ `${ state }/job.j1/log` ]: '1 started commit\n' },
			run: 'setsid() { :; }; main',
			prints: '1 started commit\ninterrupted\n',
		} ),
		starts( 'the lock of a former version is taken, too', {
			files: { [ `${ state }/lock` ]: '' },
			run: `setsid() { flock -n "$state/lock" true || echo held >>"$here/log"; echo 'result done' >"$here/result"; }; main`,
			prints: 'held\nresult done\n',
		} ),
		starts( 'a folder of others in the place of ours is refused', {
			files: { [ state ]: '-> /srv', '/srv/': '' },
			prints: 'refused state_folder\n',
		} ),
		starts( 'a job id that is no word is refused', { stdin: 'j1;x 1 a\n', code: 64 } ),
		starts( 'an empty line is refused', { stdin: '\n', code: 64 } ),
		starts( 'on a full disk nothing is started, and that is told', {
			run: 'make_folder() { return 1; }; main',
			prints: 'result failed disk_full nothing\n',
			leaves: { '/run/email-gateway': null },
		} ),
		starts( 'on a full disk with a half done change nobody knows', {
			files: { [ `${ state }/undo/x` ]: '' },
			run: 'make_folder() { return 1; }; main',
			prints: 'result failed disk_full unknown\n',
		} ),
	],
};

export const cancel: Cases = {
	of: { program: 'cancel' },
	cases: [
		{
			name: 'a run is told to stop',
			files: { [ `${ state }/job.j1/log` ]: '' },
			stdin: 'j1\n',
			run: 'main',
			leaves: { [ `${ state }/job.j1/cancel` ]: '' },
		},
		{
			name: 'a run that is not there hears nothing',
			stdin: 'j1\n',
			run: 'main',
			code: 1,
			leaves: { [ state ]: null },
		},
		{ name: 'a path is no run', files: { '/etc/log': '' }, stdin: '../../etc\n', run: 'main', code: 64 },
	],
};

const tidies = (
	name: string,
	files: Record< string, string >,
	leaves: Record< string, string | null >,
	run = 'main'
): Case => ( {
	name,
	files: { '/run/': '', ...files },
	run: `find "$state" -maxdepth 1 -name 'job.*' -exec touch -d '2 days ago' {} + 2>/dev/null; ${ run }`,
	leaves,
} );

export const tidy: Cases = {
	of: { program: 'tidy' },
	cases: [
		tidies(
			'the payload of a run that was killed goes',
			{ '/run/email-gateway/payload': 'secret', [ `${ state }/room` ]: '' },
			{ '/run/email-gateway': null, [ `${ state }/room` ]: null }
		),
		tidies(
			'all of our state goes a day after the gateway',
			{ [ `${ state }/job.j1/result` ]: '' },
			{ [ state ]: null }
		),
		tidies(
			'on the same day it stays: somebody may ask how it ended',
			{ [ `${ state }/job.j1/result` ]: '' },
			{ [ `${ state }/job.j1/result` ]: '' },
			'touch "$state/job.j1"; main'
		),
		tidies(
			'the state of a gateway stays',
			{ [ `${ state }/job.j1/result` ]: '', [ `${ state }/marker` ]: 'm' },
			{ [ `${ state }/marker` ]: 'm' }
		),
		tidies(
			'what is half done stays',
			{ [ `${ state }/undo/x` ]: '', [ `${ state }/job.j1/log` ]: '' },
			{ [ `${ state }/undo/x` ]: '' }
		),
		tidies(
			'an origin stays',
			{ [ `${ state }/origin/x` ]: '', [ `${ state }/job.j1/log` ]: '' },
			{ [ `${ state }/origin/x` ]: '' }
		),
		tidies(
			'while a run goes on nothing goes',
			{ '/run/email-gateway/payload': 'secret', '/run/email-gateway.lock': '' },
			{ '/run/email-gateway/payload': 'secret' },
			'exec 7>>"$root/run/email-gateway.lock"; flock -n 7; lock_patience=0.1; main'
		),
		tidies( 'a folder of others is left alone', { [ state ]: '-> /srv', '/srv/room': 'x' }, { '/srv/room': 'x' } ),
	],
};

const steps = 'VERSION 2\nAPT::Architecture=amd64\n\n';
const before = ( name: string, stdin: string, more: Partial< Case > ): Case => ( {
	name,
	stdin,
	...more,
	files: {
		[ `${ state }/undo/added` ]: '',
		[ `${ state }/undo/removed` ]: '',
		[ `${ state }/job.j1/log` ]: '',
		'/run/email-gateway/': '',
		...more.files,
	},
	run: 'main "$state/job.j1"',
} );

export const beforeDpkg: Cases = {
	of: { program: 'before-dpkg' },
	cases: [
		before(
			'packages that come are kept with what they were before',
			`${ steps }postfix - < 3.7 /var/cache/apt/archives/postfix.deb\nlogrotate 3.1 < 3.2 /var/cache/x.deb\npostfix - < 3.7 **CONFIGURE**\n`,
			{
				commands: { 'dpkg-query *': 'config-files' },
				leaves: {
					[ `${ state }/undo/added` ]: 'postfix config-files\n',
					[ `${ state }/undo/removed` ]: '',
					'/run/email-gateway/fetched': '',
				},
			}
		),
		before(
			'packages that go are kept with who wanted them',
			`${ steps }exim4 4.9 > - **REMOVE**\nexim4-base 4.9 > - **REMOVE**\n`,
			{
				commands: { 'apt-mark showmanual': 'exim4\nbash\n' },
				leaves: { [ `${ state }/undo/removed` ]: 'exim4 manual\nexim4-base auto\n' },
			}
		),
		before( 'another version of the protocol ends apt', 'VERSION 3\n\nx\n', { code: 1 } ),
		before( 'no steps end apt', steps, { code: 1 } ),
		before( 'a run that was told to stop ends apt', `${ steps }postfix - < 3.7 /x.deb\n`, {
			files: { [ `${ state }/job.j1/cancel` ]: '' },
			code: 1,
		} ),
		before( 'where nobody knows who wanted a package apt is ended', `${ steps }exim4 4.9 > - **REMOVE**\n`, {
			commands: { 'apt-mark showmanual': 1 },
			code: 1,
		} ),
	],
};
