import { expect, test } from '@jest/globals';
import type { Remote } from '../ssh/remote.ts';
import { prove } from './prove.ts';

const token = 'a'.repeat( 32 );
const said = [
	'submitted 0 5 33',
	'message 4jYLX11vlMznnrD',
	'line Nov 23 22:41:21 s1 postfix/pickup[1]: 4jYLX11vlMznnrD: uid=33 from=<site@example.com>',
	`line Nov 23 22:41:21 s1 postfix/cleanup[1]: 4jYLX11vlMznnrD: message-id=<${ token }@example.com>`,
];

const proved = ( end: string ) => {
	const remote = {
		run: async ( _program: string, { onLine }: { onLine?: ( line: string ) => void } ) => {
			[ ...said, `end ${ end }` ].forEach( ( line ) => onLine?.( line ) );
			return { exitCode: 0, stdout: '', stderr: '' };
		},
	} as unknown as Remote;
	const mail = { from: 'site@example.com', to: 'you@example.org', token, siteName: 'A site' };
	return prove( remote, mail, { signal: new AbortController().signal, onStep: () => {} } );
};

test( 'a message without a word of the log waits only where it lies in the queue', async () => {
	await expect( proved( 'waiting' ) ).resolves.toMatchObject( { outcome: 'waiting' } );
	await expect( proved( 'gone' ) ).rejects.toMatchObject( {
		code: 'test_not_found_in_log',
		detail: { reason: 'gone' },
	} );
} );

test( 'a provider that took a connection without a word is told as that, however long Postfix gives it', async () => {
	await expect( proved( 'silent' ) ).resolves.toMatchObject( {
		outcome: 'waiting',
		diagnosis: { cause: 'greeting_timed_out', whose: 'provider', stage: 'greeting' },
	} );
} );
