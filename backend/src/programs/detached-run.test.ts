import { expect, test } from '@jest/globals';
import type { Remote } from '../ssh/remote.ts';
import { followRun } from './detached-run.ts';

const follow = ( line: string ) => {
	const remote = {
		run: async ( _program: string, { onLine }: { onLine?: ( said: string ) => void } ) => {
			onLine?.( line );
			return { exitCode: 0, stdout: '', stderr: '' };
		},
	} as unknown as Remote;
	const never = new AbortController().signal;
	return followRun( remote, 'a-job', Buffer.alloc( 0 ), { signal: never, cancel: never, onStep: () => {} } );
};

test( 'a state folder of others is told as such: no change runs that could be waited for', async () => {
	await expect( follow( 'refused state_folder' ) ).rejects.toMatchObject( {
		code: 'state_folder_foreign',
		changed: 'nothing',
	} );
} );
