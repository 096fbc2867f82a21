// Only for tests
import type { Cases } from './case.ts';

const state = '/var/lib/email-gateway';

export const runs: Cases = {
	of: [ 'lock', 'runs' ],
	cases: [
		{
			name: 'a folder of the one who runs this is trusted',
			files: { [ `${ state }/` ]: '' },
			run: 'is_our_folder "$state"',
		},
		{
			name: 'a link in the place of our folder is not trusted',
			files: { [ state ]: '-> /srv', '/srv/': '' },
			run: 'is_our_folder "$state"',
			code: 1,
		},
		{
			name: 'a file in the place of our folder is not trusted',
			files: { [ state ]: '' },
			run: 'is_our_folder "$state"',
			code: 1,
		},
		{
			name: 'a folder of another user is not trusted',
			files: { [ `${ state }/` ]: '' },
			commands: { 'id -u': '4711\n' },
			run: 'is_our_folder "$state"',
			code: 1,
		},
		{ name: 'without a lock no run goes on', run: 'is_run_going_on', code: 1 },
		{
			name: 'a lock that nobody holds is no run',
			files: { [ `${ state }/lock` ]: '' },
			run: 'is_run_going_on',
			code: 1,
		},
		{
			name: 'a lock that is held is a run',
			files: { [ `${ state }/lock` ]: '' },
			run: 'exec 7>>"$state/lock"; flock -n 7 && is_run_going_on',
		},
		{
			name: 'asking whether a run goes on makes no lock',
			files: { [ `${ state }/` ]: '' },
			run: 'is_run_going_on',
			code: 1,
			leaves: { [ `${ state }/lock` ]: null },
		},
		{ name: 'a server that we never changed has no job', run: 'last_job; owner || true' },
		{
			name: 'the last job is that of the youngest folder',
			files: { [ `${ state }/job.aaa/log` ]: '', [ `${ state }/job.bbb/log` ]: '' },
			run: 'touch -d "2 hours ago" "$state/job.bbb"; last_job',
			prints: 'aaa\n',
		},
		{ name: 'nothing is half done on a fresh server', run: 'is_half_done', code: 1 },
		{ name: 'what can be undone is half done', files: { [ `${ state }/undo/` ]: '' }, run: 'is_half_done' },
		{
			name: 'a removal that has begun is half done',
			files: { [ `${ state }/removing` ]: '' },
			run: 'is_half_done',
		},
		{
			name: 'an origin alone is not half done',
			files: { [ `${ state }/origin/` ]: '' },
			run: 'is_half_done',
			code: 1,
		},
	],
};
